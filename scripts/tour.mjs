import { parseTour, runTour } from './app/tour.mjs'
import { script } from './process/script.mjs'

const help = `npm run tour [-- --out DIR]

Does the app's main job by itself, in a real window with a real keyring, on a screen of its own, sandbox on. Leaves a
picture a step and tour.json in DIR (a new temporary folder unless told). Ends with 0 only if every step went well.`

await script(help, async (args) => runTour(parseTour(args).out))
