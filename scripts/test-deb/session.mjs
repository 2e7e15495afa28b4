import { runInSession } from '../session/session.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { join } from 'node:path'

/** Runs as an ordinary user: a session with its own screen, bus and unlocked keyring, in which command-runner.mjs executes commands. */
const [...more] = process.argv.slice(2)
process.exitCode = await runInSession(process.execPath, [join(checkout, 'scripts', 'test-deb', 'command-runner.mjs'), ...more], {
  cwd: '/',
  env: process.env,
})
