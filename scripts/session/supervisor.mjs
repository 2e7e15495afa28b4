/**
 * Runs inside a session: `node supervisor.mjs FOLDER LANES COMMAND [ARGUMENT]...`. Starts the lanes, then the command in the first of them.
 * Ends all of it if the command has ended, on a signal, or if the process that started the session has ended, which closes the channel
 * between them.
 */
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { endingSignals, exitStatus } from '../process/child.mjs'
import { failureText, Failure } from '../process/failure.mjs'
import { lanesVariable, startLane } from './lane.mjs'
import { endStrays, sessionVariable } from './strays.mjs'

const [folder, lanes, command, ...args] = process.argv.slice(2)
const session = process.env[sessionVariable]
const graceMs = 8_000 // milliseconds that a command has to end by itself after a signal
/** @type {import('node:child_process').ChildProcess | undefined} */
let running
let orphaned = false

for (const signal of endingSignals) process.on(signal, () => stop(signal))
process.on('disconnect', () => {
  orphaned = true
  stop('SIGTERM')
})

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (running === undefined) void finish(exitStatus(null, signal))
  else running.kill(signal)
  setTimeout(() => void finish(exitStatus(null, signal)), graceMs).unref()
}

/** @param {number} status */
async function finish(status) {
  if (session !== undefined) await endStrays(session)
  // The process that started the session removes its folder, unless it no longer exists.
  if (orphaned && folder !== undefined) await rm(folder, { recursive: true, force: true })
  process.exit(status)
}

try {
  if (folder === undefined || command === undefined || session === undefined) throw new Failure('Not started as a session.')
  const started = await Promise.all(Array.from({ length: Number(lanes) }, (_, index) => startLane(folder, index, process.env)))
  const env = { ...process.env, ...started[0], [lanesVariable]: JSON.stringify(started) }
  running = spawn(command, args, { env, stdio: ['inherit', 'inherit', 'inherit'] })
  running.on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    void finish(127)
  })
  running.on('exit', (code, signal) => void finish(exitStatus(code, signal)))
} catch (thrown) {
  console.error(failureText(thrown))
  await finish(1)
}
