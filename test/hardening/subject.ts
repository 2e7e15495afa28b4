import { type ChildProcess, spawn } from 'node:child_process'
import { lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { NodeWebSocketTransport } from 'puppeteer-core/internal/node/NodeWebSocketTransport.js'
import { until } from '../until.ts'
import { definedEnvironment, type Desktop, discard, newProfile, startDesktop } from '../e2e/support/app/desktop.ts'

/** The executables of the package and of its debuggable copy. Undefined if the tests run on the built app. */
export const packaged = process.env['LATCHKEY_PACKAGE']
const debuggableCopy = process.env['LATCHKEY_DEBUGGABLE_COPY']

/** The app that the tests inspect: the package's debuggable copy, or the built app. */
export class Subject {
  readonly profile: string
  readonly process: ChildProcess
  /** The output of all processes of the app. */
  readonly output: () => string
  #door: Door
  readonly #ended: Promise<void>

  private constructor({ child, output }: Started, profile: string, door: Door) {
    this.profile = profile
    this.process = child
    this.output = output
    this.#door = door
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()))
  }

  /** Starts it without a vault, on a new profile. */
  static async start(environment: Record<string, string> = {}, profile = newProfile()): Promise<Subject> {
    const { started, door } = await (debuggableCopy === undefined
      ? openDesktop(profile, environment)
      : openDebuggableCopy(debuggableCopy, profile, environment))
    const subject = new Subject(started, profile, door)
    await subject.untilShown()
    return subject
  }

  /** Starts it with the vault on this computer. */
  static async withVault(environment: Record<string, string> = {}): Promise<Subject> {
    const subject = await Subject.start(environment)
    await subject.page(() => window.latchkey.calls['accounts.openLocal'](null), null)
    return subject
  }

  /** The name of the account that its window shows. */
  async accountId(): Promise<string> {
    const state = await this.page(() => window.latchkey.calls['app.state'](null), null)
    return state.ok ? (state.value.current ?? '') : ''
  }

  /** Runs a function in main. Its text is sent there, so it may use only its arguments. */
  main<T, A>(work: (electron: typeof Electron, given: A) => T | Promise<T>, given: A): Promise<T> {
    return this.#door.evaluate(work as Work, given) as Promise<T>
  }

  /** Runs a function in a window's page. */
  page<T, A>(work: (given: A) => T | Promise<T>, given: A, page = 'index'): Promise<T> {
    const code = `(${work.toString()})(${JSON.stringify(given)})`
    return this.main(
      ({ webContents }, [script, url]) => {
        const contents = webContents.getAllWebContents().find((one) => one.getURL() === url)
        if (contents === undefined) throw new Error(`no window shows ${url}`)
        return contents.executeJavaScript(script, true) as Promise<T>
      },
      [code, `app://bundle/${page}.html`] as const,
    )
  }

  /** Resolves when the page has drawn something. */
  async untilShown(): Promise<void> {
    await until(() => this.page(() => document.body.innerText.length > 10, null).catch(() => false))
  }

  /** Locks the debuggable copy, and connects to the process that replaces it. */
  async lock(): Promise<void> {
    const record = join(this.profile, 'launch.json')
    const before = statSync(record).mtimeMs
    // the lock ends the process that would answer
    await this.page(() => void window.latchkey.calls['app.lock'](null), null).catch(() => undefined)
    this.#door.close()
    await until(() => statSync(record).mtimeMs > before)
    this.#door = await openDoor(this.process, this.output)
    await this.untilShown()
  }

  async quit(): Promise<void> {
    await this.main(({ app }) => void setImmediate(() => app.quit()), null)
    this.#door.close() // Node quits once no debugger is connected
    await this.#ended
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null) await this.quit()
    discard(this.profile)
  }
}

type Work = (electron: typeof Electron, given: unknown) => unknown

/** The connection to main's debugger. */
interface Door {
  readonly evaluate: (work: Work, given: unknown) => Promise<unknown>
  readonly close: () => void
}

interface Opened {
  readonly started: Started
  readonly door: Door
}

async function openDesktop(profile: string, environment: Record<string, string>): Promise<Opened> {
  const { app, output }: Desktop = await startDesktop(profile, environment)
  const door: Door = { evaluate: (work, given) => app.evaluate(work as never, given), close: () => {} }
  return { started: { child: app.process(), output }, door }
}

/**
 * The debuggable copy is the package with one byte changed: the fuse that lets Node open a debugger on SIGUSR1. It is started as users
 * start it, without switches, and gets the signal once it runs.
 */
async function openDebuggableCopy(executable: string, profile: string, environment: Record<string, string>): Promise<Opened> {
  const started = startPackage(executable, profile, { environment })
  const { child, output } = started
  const record = join(profile, 'launch.json')
  await until(() => lstatSync(record, { throwIfNoEntry: false })?.isFile()) // its code runs, so Node's handler of the signal is installed
  return { started, door: await openDoor(child, output) }
}

/** Node prints the debugger's address after each signal. */
async function openDoor(child: ChildProcess, output: () => string): Promise<Door> {
  const places = (): RegExpMatchArray[] => [...output().matchAll(/ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/g)]
  const known = places().length
  let refused = -1
  const address = await until(() => {
    // Another process may use Node's only debugger port for a moment.
    const now = output().split('address already in use').length
    if (now > refused) child.kill('SIGUSR1')
    refused = now
    return places()[known]?.[0]
  })
  return connect(address)
}

export interface Started {
  readonly child: ChildProcess
  /** All that it has written to its outputs. */
  readonly output: () => string
}

/** Starts a packaged app as a user does. */
export function startPackage(
  executable: string,
  profile: string,
  { environment = {}, words = [] }: { environment?: Record<string, string>; words?: string[] } = {},
): Started {
  const child = spawn(executable, words, {
    env: { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: profile, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  return { child, output: () => said.join('') }
}

async function connect(address: string): Promise<Door> {
  const socket = await NodeWebSocketTransport.create(address)
  const asked = new Map<number, { resolve: (answer: Evaluated) => void; reject: (error: Error) => void }>()
  let last = 0
  socket.onmessage = (text) => {
    const { id = 0, result, error } = JSON.parse(text) as { id?: number; result: Evaluated; error?: { message: string } }
    const waiting = asked.get(id)
    asked.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }
  let isClosed = false
  socket.onclose = () => {
    isClosed = true
    for (const { reject } of asked.values()) reject(new Error('the app has ended'))
  }
  const ask = (params: object): Promise<Evaluated> =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(new Error('the app has ended'))
      asked.set((last += 1), { resolve, reject })
      socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params }))
    })
  return {
    close: () => socket.close(),
    evaluate: async (work, given) => {
      const expression = `(${work.toString()})(process.mainModule.require('electron'), ${JSON.stringify(given)})`
      const { result, exceptionDetails } = await ask({ expression, awaitPromise: true, returnByValue: true })
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    },
  }
}

interface Evaluated {
  readonly result: { readonly value?: unknown }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}
