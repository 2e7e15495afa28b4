import { parseTour, runTour } from './app/tour.mjs'
import { script } from './process/script.mjs'

const help = `npm run tour [-- --out DIR]

Uses the app by itself, in a real window with a real keyring, on a virtual screen, with the sandbox on. Saves a picture of
each step and tour.json in DIR (default: a new temporary folder). Ends with 0 only if every step succeeded.`

await script(help, async (args) => runTour(parseTour(args).out))
