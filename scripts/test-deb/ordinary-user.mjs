import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { checkout } from '../set-up/checkout.mjs'

/** @typedef {{ status: number, stdout: string, stderr: string }} Ended */

/** An unprivileged user of this computer with a desktop of their own, created for a test and removed after it. */
export class OrdinaryUser {
  #name
  #child
  #lines

  /**
   * @param {string} name
   * @param {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, null>} child
   * @param {AsyncIterator<string>} lines
   */
  constructor(name, child, lines) {
    this.#name = name
    this.#child = child
    this.#lines = lines
  }

  /** @returns {Promise<OrdinaryUser>} */
  static async make() {
    const name = `latchkey-test-${randomBytes(3).toString('hex')}`
    await must('useradd', ['--create-home', '--shell', '/bin/sh', name])
    const child = spawn('runuser', ['-u', name, '--', process.execPath, join(checkout, 'scripts', 'test-deb', 'session.mjs')], {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', USER: name, HOME: `/home/${name}` },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const user = new OrdinaryUser(name, child, lines)
    await user.#next()
    return user
  }

  /**
   * @param {string} program
   * @param {...string} args
   * @returns {Promise<Ended>}
   */
  async run(program, ...args) {
    return /** @type {Ended} */ (await this.#ask({ run: [program, ...args] }))
  }

  /**
   * @param {string} program
   * @param {...string} args
   * @returns {Promise<number>} its process id
   */
  async start(program, ...args) {
    const { pid } = /** @type {{ pid: number | null }} */ (await this.#ask({ start: [program, ...args] }))
    if (pid === null) throw new Failure(`${program} could not be started.`)
    return pid
  }

  /** Ends the session, and removes the user. */
  async remove() {
    const ended = once(this.#child, 'exit')
    this.#child.stdin.end()
    await Promise.race([ended, wait(20_000, undefined, { ref: false })])
    this.#child.kill()
    await must('userdel', ['--remove', '--force', this.#name])
  }

  /** @param {object} what */
  async #ask(what) {
    this.#child.stdin.write(`${JSON.stringify(what)}\n`)
    return this.#next()
  }

  /** @returns {Promise<object>} */
  async #next() {
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Failure('The session of the ordinary user ended unexpectedly. Its output is above.')
    return JSON.parse(value)
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} both of its outputs
 */
export async function must(command, args) {
  const { status, stdout, stderr } = await capture(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  })
  if (status !== 0) throw new Failure(`${command} ${args.join(' ')} failed (status ${status}): ${stderr || stdout}`)
  return `${stdout}${stderr}`
}
