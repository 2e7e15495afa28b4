import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { typescriptProgram } from './app/typescript-program.mjs'
import { run } from './process/child.mjs'
import { script } from './process/script.mjs'
import { checkout } from './set-up/checkout.mjs'
import { setUpDependencies } from './set-up/dependencies.mjs'

const help = readFileSync(join(checkout, 'backend', 'serving', 'usage.txt'), 'utf8').trimEnd()

await script(help, async (args) => {
  await setUpDependencies()
  return run(process.execPath, typescriptProgram('backend/serve.ts', args), { env: process.env })
})
