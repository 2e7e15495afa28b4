import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from './failure.mjs'

/** The signals with which a terminal, a service manager or npm ends a script. */
export const endingSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * The status that a shell would report for a finished child: its own, or 128 plus the number of the signal that ended it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitStatus(code, signal) {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
}

/**
 * Runs a program on this terminal and passes ending signals on to it. Never resolves before it has ended.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'stdout' | 'stderr', group?: boolean }} [options] `output:
 *   'stderr'` sends the child's stdout there, for scripts whose own stdout is read by a program; `group` sends signals to its
 *   whole process group, for a command that does not pass them on itself
 * @returns {Promise<number>} its exit status
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: options.group === true,
      stdio: ['inherit', options.output === 'stderr' ? 2 : 'inherit', 'inherit'],
    })
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      if (options.group === true && child.pid !== undefined && groupLives(child.pid)) process.kill(-child.pid, signal)
      else child.kill(signal)
    }
    for (const signal of endingSignals) process.on(signal, passOn)
    const forget = () => endingSignals.forEach((signal) => process.off(signal, passOn))
    child.on('error', (error) => {
      forget()
      reject(new Failure(`${command} could not be started: ${error.message}`))
    })
    child.on('exit', async (code, signal) => {
      if (options.group === true && child.pid !== undefined) await endGroup(child.pid)
      forget()
      resolve(exitStatus(code, signal))
    })
  })
}

/**
 * Gives the rest of a process group three seconds to end, then kills it.
 * @param {number} group
 */
async function endGroup(group) {
  for (let tenths = 0; tenths < 30 && groupLives(group); tenths++) await wait(100)
  if (groupLives(group)) process.kill(-group, 'SIGKILL')
}

/**
 * Runs a program and captures its output. A deadline ends it with all its children.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, deadline?: number,
 *   onLine?: (line: string) => void }} [options] `deadline` in milliseconds; `onLine` is called with each line of both outputs
 * @returns {Promise<{ status: number, stdout: string, stderr: string, late: boolean }>} status 127 if the program does
 *   not exist; `late` if the deadline ended it
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32'
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A process group of its own: the deadline then also ends grandchildren, which would otherwise keep the pipes open.
      detached: ownGroup,
    })
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      if (child.pid === undefined) return
      if (!ownGroup) child.kill(signal)
      else if (groupLives(child.pid)) process.kill(-child.pid, signal)
    }
    let late = false
    const timer =
      options.deadline === undefined
        ? undefined
        : setTimeout(() => {
            late = true
            end('SIGKILL')
          }, options.deadline)
    // In its own group the child does not get the terminal's Ctrl-C: it is passed on, then this process ends by the same signal.
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      end(signal)
      forget()
      process.kill(process.pid, signal)
    }
    for (const signal of endingSignals) process.on(signal, passOn)
    const forget = () => endingSignals.forEach((signal) => process.off(signal, passOn))
    const output = { stdout: '', stderr: '' }
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      let rest = ''
      child[name].setEncoding('utf8')
      child[name].on('data', (/** @type {string} */ text) => {
        output[name] += text
        if (options.onLine === undefined) return
        const lines = (rest + text).split(/\r?\n/)
        rest = lines.pop() ?? ''
        lines.forEach(options.onLine)
      })
    }
    // A child that ends without reading its input breaks the pipe. Its status already says what went wrong.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => {
      clearTimeout(timer)
      forget()
      resolve({ status: 127, stdout: '', stderr: error.message, late: false })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      forget()
      resolve({ status: exitStatus(code, signal), ...output, late })
    })
  })
}

/**
 * @param {number} group
 * @returns {boolean}
 */
function groupLives(group) {
  try {
    process.kill(-group, 0)
    return true
  } catch {
    return false
  }
}
