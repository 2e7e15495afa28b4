import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * The variable that every process of a session inherits. It finds even processes that detached themselves: Playwright starts Electron in a
 * process group of its own, and a bus starts services in their own way.
 */
export const sessionVariable = 'LATCHKEY_SESSION'

/**
 * @param {string} session its number, unguessable
 * @returns {number[]} the running processes of the session except this one
 */
export function sessionProcesses(session) {
  const mark = `${sessionVariable}=${session}`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => environmentOf(name).includes(mark))
    .map(Number)
}

/**
 * Ends the remaining processes of a session: with SIGTERM, and after `graceMs` milliseconds with SIGKILL.
 * @param {string} session
 * @param {number} [graceMs]
 * @returns {Promise<void>} when none is left
 */
export async function endStrays(session, graceMs = 3_000) {
  const deadline = Date.now() + graceMs
  for (let signal = /** @type {NodeJS.Signals} */ ('SIGTERM'); ; signal = Date.now() > deadline ? 'SIGKILL' : 'SIGTERM') {
    const left = sessionProcesses(session)
    if (left.length === 0) return
    for (const pid of left) end(pid, signal)
    await wait(50)
  }
}

/** @param {string} pid */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    // The process has ended, or belongs to another user.
    return []
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function end(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the check and the signal.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
