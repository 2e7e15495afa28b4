import { buildAndRunInSession } from './app/build-and-run.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run torture -- [--runs N] [--seed S] [--only R] [--lanes L] [--plant BUG]

Kills the vault in the middle of its work, many times, amid faults of network, keychain and disk, and looks each time whether
anything was lost. Violations are printed with what brings them back; the last line is one JSON object.

  --runs N     how many runs (default 200)
  --seed S     a number that decides everything that can be decided (default: a random one, which is told)
  --only R     that run alone, with the runs before it in its world
  --lanes L    worlds at a time (default 2)
  --plant BUG  a bug to be caught, which ends it: skip-seal leaves out the write that seals a new value`

await script(help, (args) => buildAndRunInSession(() => typescriptProgram('test/torture/torture.ts', args)))
