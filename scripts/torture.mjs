import { buildAndRunInSession } from './app/build-and-run.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run torture -- [--runs N] [--seed S] [--only R] [--lanes L] [--plant BUG]

Crash test: kills the vault at random moments while network, keychain and disk fail, and checks each time whether anything was
lost. Prints each violation with the arguments that reproduce it. The last line is one JSON object.

  --runs N     how many runs (default: 200)
  --seed S     the seed of everything but timing (default: a random one, which is printed)
  --only R     only run R, after the earlier runs of its world
  --lanes L    how many worlds run in parallel (default: 2)
  --plant BUG  plants a bug, to show that it is found: skip-seal leaves out the write that seals a new value`

await script(help, (args) => buildAndRunInSession(() => typescriptProgram('test/torture/torture.ts', args)))
