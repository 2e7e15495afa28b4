import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../process/failure.mjs'

const readyWithin = 30_000 // milliseconds: some seconds on a busy machine

/**
 * @typedef {{ child: import('node:child_process').ChildProcess, fail: (why: string) => Failure }} Service
 */

/**
 * Starts a program that a session needs for its whole lifetime.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, input?: string, extraPipe?: boolean }} options `extraPipe`: descriptor 3
 * @returns {Service}
 */
export function startService(command, args, { env, input, extraPipe = false }) {
  /** @type {import('node:child_process').ChildProcess} */
  const child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'pipe', extraPipe ? 'pipe' : 'ignore'] })
  let output = ''
  child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output = (output + text).slice(-2_000)))
  child.on('error', (error) => (output = error.message))
  // If the program ended before it read its input, `until` reports it with the program's output.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input ?? '')
  return {
    child,
    fail: (why) => new Failure(`${command} ${why}.${output.trim() === '' ? '' : `\n${output.trim()}`}`),
  }
}

/**
 * Polls until a service answers.
 * @template T
 * @param {Service} service
 * @param {() => Promise<T | null> | T | null} ask returns null while there is no answer
 * @returns {Promise<T>}
 */
export async function until(service, ask) {
  const deadline = Date.now() + readyWithin
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (service.child.pid === undefined || service.child.exitCode !== null || service.child.signalCode !== null) {
      throw service.fail('ended before it was ready')
    }
    if (Date.now() > deadline) throw service.fail(`was not ready within ${readyWithin / 1_000} s`)
    await wait(20)
  }
}
