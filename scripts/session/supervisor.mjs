/**
 * Runs inside a session: `node supervisor.mjs FOLDER COMMAND [ARGUMENT]...`. Starts the screen, the bus and the
 * keyring, then the command, and ends all of them when the command has ended, when it is told to, or when whoever started the
 * session is gone, which shows by the channel between them closing.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endings, exitStatus } from '../process/child.mjs'
import { describe, Failure } from '../process/failure.mjs'
import { startBus } from './bus.mjs'
import { startDisplay } from './display.mjs'
import { startKeyring } from './keyring.mjs'
import { endStrays, sessionVariable } from './strays.mjs'

const [folder, command, ...args] = process.argv.slice(2)
const session = process.env[sessionVariable]
const patience = 8_000 // milliseconds a command gets to end by itself after a signal
/** @type {import('node:child_process').ChildProcess | undefined} */
let running
let orphaned = false

for (const signal of endings) process.on(signal, () => stop(signal))
process.on('disconnect', () => {
  orphaned = true
  stop('SIGTERM')
})

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (running === undefined) void finish(exitStatus(null, signal))
  else running.kill(signal)
  setTimeout(() => void finish(exitStatus(null, signal)), patience).unref()
}

/** @param {number} status */
async function finish(status) {
  if (session !== undefined) await endStrays(session)
  // Whoever started the session removes its folder, unless nobody is there any more.
  if (orphaned && folder !== undefined) await rm(folder, { recursive: true, force: true })
  process.exit(status)
}

try {
  if (folder === undefined || command === undefined || session === undefined) throw new Failure('Not started as a session.')
  const runtime = join(folder, 'run')
  for (const name of ['run', 'home', 'tmp']) mkdirSync(join(folder, name), { mode: 0o700 })
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, HOME: join(folder, 'home'), XDG_RUNTIME_DIR: runtime, TMPDIR: join(folder, 'tmp') }
  await startDisplay(folder, env)
  await startBus(runtime, env)
  await startKeyring(env)
  running = spawn(command, args, { env, stdio: ['inherit', 'inherit', 'inherit'] })
  running.on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    void finish(127)
  })
  running.on('exit', (code, signal) => void finish(exitStatus(code, signal)))
} catch (thrown) {
  console.error(describe(thrown))
  await finish(1)
}
