import { typescriptProgram } from './app/typescript-program.mjs'
import { run } from './process/child.mjs'
import { script } from './process/script.mjs'
import { setUpDependencies } from './set-up/dependencies.mjs'

const help = `npm run bench:server [-- OPTION...]

Measures the server, better-auth's API keys and a bare select, each over HTTP with the same keys, store and durability, in one run. Installs
better-auth into a temporary folder. Prints requests a second, times and ratios.

  --connections N   how many clients ask at a time (default: 64)
  --seconds N       how long each measurement takes (default: 4)
  --rounds N        how often each is measured (default: 5)
  --sessions N      of how many sessions the sweep and the end of a key are measured (default: 1000000; 0: neither is)`

await script(help, async (args) => {
  await setUpDependencies()
  return run(process.execPath, typescriptProgram('bench/server/bench-server.ts', args), { env: process.env })
})
