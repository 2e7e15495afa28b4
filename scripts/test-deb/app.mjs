import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../process/failure.mjs'

const timeoutMs = 60_000 // milliseconds: a first start on a busy computer

/** The installed app on an ordinary user's desktop, used through its window and its command. */
export class InstalledApp {
  #user
  #pid

  /**
   * @param {import('./ordinary-user.mjs').OrdinaryUser} user
   * @param {number} pid
   */
  constructor(user, pid) {
    this.#user = user
    this.#pid = pid
  }

  get pid() {
    return this.#pid
  }

  /** @param {import('./ordinary-user.mjs').OrdinaryUser} user */
  static async open(user) {
    const app = new InstalledApp(user, await user.start('latchkey-desktop'))
    await until('a window of Latchkey', async () => (await app.#windows()).length > 0)
    return app
  }

  /** @param {...string} keys as xdotool names them */
  async press(...keys) {
    await this.#focus()
    for (const key of keys) await this.#user.run('xdotool', 'key', '--clearmodifiers', key)
  }

  /** @param {string} text */
  async type(text) {
    await this.#focus()
    await this.#user.run('xdotool', 'type', '--delay', '40', text)
  }

  /** @param {string} file of the screenshot, in the user's own temporary folder */
  async picture(file) {
    await this.#user.run('scrot', '--overwrite', file)
  }

  /** Whether a vault with an account is open. */
  async isOpen() {
    const { stdout } = await this.#user.run('latchkey', 'status', '--json')
    const { vault, account } = stdout === '' ? {} : JSON.parse(stdout)
    return vault === 'open' && account !== null
  }

  /** @returns {Promise<string[]>} names of keys, as the command lists them */
  async keys() {
    const { status, stdout, stderr } = await this.#user.run('latchkey', 'list', '--json', '--no-start')
    if (status !== 0) return [`latchkey list ended with ${status}: ${stderr}`]
    return JSON.parse(stdout)
      .keys.map((/** @type {{ name: string }} */ { name }) => name)
      .sort()
  }

  /** Its processes and their Chromium types, read from the kernel. */
  processes() {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          if (!readlinkSync(`/proc/${pid}/exe`).startsWith('/usr/lib/latchkey/latchkey-desktop')) return []
          const type = /--type=([a-z-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[1] ?? 'main'
          return [{ pid: Number(pid), type, status: readFileSync(`/proc/${pid}/status`, 'utf8') }]
        } catch {
          return [] // it ended meanwhile
        }
      })
  }

  /** Closes the app through its menu, and waits until all its processes have ended. */
  async quit() {
    await this.press('ctrl+q')
    await until('the end of Latchkey', async () => this.processes().length === 0)
  }

  async #focus() {
    const window = (await this.#windows()).at(-1)
    if (window !== undefined) await this.#user.run('xdotool', 'windowfocus', '--sync', window)
  }

  async #windows() {
    const { stdout } = await this.#user.run('xdotool', 'search', '--onlyvisible', '--class', 'latchkey')
    return stdout.split('\n').filter((line) => line !== '')
  }
}

/**
 * @param {string} what is waited for
 * @param {() => Promise<boolean>} holds
 */
export async function until(what, holds) {
  if (await holdsWithin(holds, timeoutMs)) return
  throw new Failure(`Waited ${timeoutMs / 1000} s for ${what}.`)
}

/**
 * @param {() => Promise<boolean>} holds
 * @param {number} within milliseconds
 */
export async function holdsWithin(holds, within) {
  for (const end = Date.now() + within; Date.now() < end; await wait(250)) if (await holds()) return true
  return false
}
