import { runOnStage } from './app/stage.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run bench [-- ARGUMENT...]

Measures the app against a bare Electron window and the raw SDK, in one run, and prints the figures side by side.`

await script(help, (args) => runOnStage(() => typescriptProgram('bench/bench.ts', args)))
