import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { appCommand, definedEnvironment } from './desktop.ts'
import { locate, type Place, untilRead } from './in-page.ts'
import { type Attempt, readNetLog } from '../server/net-log.ts'

type Role = 'button' | 'option' | 'menuitem' | 'menuitemradio' | 'heading' | 'textbox' | 'dialog'

/** The built app without any network: not even a loopback interface. */
export interface Unplugged {
  /** Waits until there is such an element that is not covered. */
  readonly see: (role: Role, name: string) => Promise<void>
  readonly click: (role: Role, name: string) => Promise<void>
  /** Types into the focused element. */
  readonly type: (text: string) => Promise<void>
  readonly press: (key: 'Enter' | 'Escape') => Promise<void>
  /** Waits until the page contains this text. */
  readonly read: (text: RegExp) => Promise<string>
  readonly evaluate: <T>(expression: string) => Promise<T>
  readonly clipboard: () => Promise<string>
  /** When the first key's row was in the page, in milliseconds since 1970. */
  readonly listShownAt: () => Promise<number>
  /** Quits as a user does, and waits until the process has ended. */
  readonly quit: () => Promise<Attempt[]>
}

const drive = join(import.meta.dirname, 'drive.cjs')

/** Without a network no port can be used: stdin and stdout carry commands to the app and answers back. */
export function startUnplugged(profile: string, switches: readonly string[]): Unplugged {
  const netLog = `${profile}-net-log.json`
  const [program, ...args] = appCommand([...switches, `--log-net-log=${netLog}`, '-r', drive])
  const child = spawn('unshare', [...namespace(), '--', program, ...args], {
    env: { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: profile },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return handle(child, netLog)
}

/** A user namespace allows creating a network namespace; in a new one every interface is down, `lo` too. */
function namespace(): string[] {
  const [user, group] = [process.getuid?.(), process.getgid?.()]
  return ['--user', '--net', `--map-user=${user}`, `--map-group=${group}`]
}

function handle(child: ChildProcess, netLog: string): Unplugged {
  const send = commands(child)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))

  async function evaluate<T>(expression: string): Promise<T> {
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true }
    const { result, exceptionDetails } = (await send('Runtime.evaluate', params)) as Evaluated<T>
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  const place = (role: Role, name: string): Promise<Place> => evaluate(`(${locate.toString()})(${JSON.stringify([role, name])})`)
  return {
    see: async (role, name) => void (await place(role, name)),
    click: async (role, name) => {
      const point = await place(role, name)
      for (const type of ['mousePressed', 'mouseReleased']) {
        await send('Input.dispatchMouseEvent', { type, ...point, button: 'left', clickCount: 1 })
      }
    },
    type: async (text) => void (await send('Input.insertText', { text })),
    press: async (key) => {
      const text = key === 'Enter' ? { text: '\r' } : {}
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, windowsVirtualKeyCode: key === 'Enter' ? 13 : 27, ...text })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key })
    },
    read: (text) => evaluate(`(${untilRead.toString()})(${JSON.stringify([text.source, text.flags])})`),
    evaluate,
    clipboard: () => send('Drive.clipboard') as Promise<string>,
    listShownAt: () => send('Drive.listShownAt') as Promise<number>,
    quit: async () => {
      const attempts = (await send('Drive.attempts')) as Attempt[]
      await send('Drive.quit')
      await ended
      const chromium = readNetLog(netLog)
      rmSync(netLog)
      return [...attempts, ...chromium]
    },
  }
}

interface Evaluated<T> {
  readonly result: { readonly value: T }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}

/** Sends a command of the DevTools protocol, or one of drive.cjs, and resolves to its answer. */
function commands(child: ChildProcess): (method: string, params?: object) => Promise<unknown> {
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('no way to the app')
  const asked = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>()
  let last = 0
  let over: Error | null = null
  createInterface({ input: stdout }).on('line', (line) => {
    if (!line.startsWith('{"id":')) return
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: string }
    if (error === undefined) asked.get(id)?.done(result)
    else asked.get(id)?.failed(new Error(error))
    asked.delete(id)
  })
  child.once('exit', (code) => {
    over = new Error(`the app ended with ${code}`)
    for (const { failed } of asked.values()) failed(over)
  })
  return (method, params = {}) =>
    new Promise((done, failed) => {
      if (over !== null) return failed(over)
      asked.set((last += 1), { done, failed })
      stdin.write(`${JSON.stringify({ id: last, method, params })}\n`)
    })
}
