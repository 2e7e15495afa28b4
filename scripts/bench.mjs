import { buildAndRunInSession } from './app/build-and-run.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run bench [-- OPTION...]

Measures the app, a bare Electron window, the raw SDK and other vaults in one run, and prints the figures side by side.

  --rounds N   how often each is measured (default: 9)
  --compare    says which ratios are worse than those of the version that was recorded last
  --record     records this version's figures in bench/recorded.json`

await script(help, (args) => buildAndRunInSession(() => typescriptProgram('bench/bench.ts', args)))
