import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBus } from './bus.mjs'
import { startDisplay } from './display.mjs'
import { startKeyring } from './keyring.mjs'

/** The variable in which a session's command finds the environment of each lane: a JSON array of objects of strings. */
export const lanesVariable = 'LATCHKEY_SESSION_LANES'

/**
 * Starts a lane of a session: a screen, a bus, an unlocked keyring and a home folder, for one of the parallel processes.
 * @param {string} session the session's folder
 * @param {number} index of the lane in its session
 * @param {NodeJS.ProcessEnv} outside
 * @returns {Promise<NodeJS.ProcessEnv>} the variables for the processes that run in the lane
 */
export async function startLane(session, index, outside) {
  const folder = join(session, String(index))
  mkdirSync(folder, { mode: 0o700 })
  for (const name of ['run', 'home', 'tmp']) mkdirSync(join(folder, name), { mode: 0o700 })
  const runtime = join(folder, 'run')
  const env = { ...outside, HOME: join(folder, 'home'), XDG_RUNTIME_DIR: runtime, TMPDIR: join(folder, 'tmp') }
  await startDisplay(folder, env)
  await startBus(runtime, env)
  await startKeyring(env)
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => outside[name] !== value))
}
