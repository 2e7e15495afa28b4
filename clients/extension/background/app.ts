import type { BrowserCallName, BrowserInput, BrowserOutput } from '../../shared/protocol/browser.ts'
import { hostName } from '../../shared/protocol/extension-ids.ts'
import type { Comparison } from '../../shared/secure-session/app-connection.ts'
import { AppConnection, AppRefusal } from '../../shared/secure-session/app-connection.ts'
import { SessionFault } from '../../shared/secure-session/session-fault.ts'
import { savePairing, loadPairing } from './pairing-store.ts'
import { Trouble } from '../trouble.ts'
import type { Port } from '../web-extension.ts'
import { webExtension } from '../web-extension.ts'

/** An unused session is closed after this time, so that the native host's process can end. Milliseconds. */
const idle = 10 * 60_000

interface Line {
  readonly connection: AppConnection
  readonly port: Port
  /** What the end of the connection means, once it has ended. */
  end: 'not-installed' | 'not-running' | null
}

/** The connection to the app through the browser's native messaging. All methods reject with Trouble only. */
export class App {
  #session: Promise<Line> | null = null
  #closing: ReturnType<typeof setTimeout> | undefined

  async call<N extends BrowserCallName>(name: N, input: BrowserInput<N>): Promise<BrowserOutput<N>> {
    const session = await this.#opened()
    return within(session, session.connection.call(name, input))
  }

  /** Shows a code to compare with the app's. The pairing is stored once both sides have confirmed it. */
  async pair(): Promise<Comparison & { readonly cancel: () => void }> {
    const line = connect()
    const comparison = await within(line, line.connection.pair())
    const done = within(line, comparison.done).then(async (keys) => {
      await savePairing(keys)
      this.#end()
      return keys
    })
    void done.catch(() => {}).finally(() => line.port.disconnect())
    return { ...comparison, confirm: () => comparison.confirm(), done, cancel: () => line.port.disconnect() }
  }

  #opened(): Promise<Line> {
    clearTimeout(this.#closing)
    this.#closing = setTimeout(() => this.#end(), idle)
    this.#session ??= this.#open()
    return this.#session
  }

  #end(): void {
    void this.#session?.then(
      ({ port }) => port.disconnect(),
      () => {},
    )
    this.#session = null
  }

  async #open(): Promise<Line> {
    try {
      const keys = await loadPairing()
      if (keys === null) throw new Trouble('pairing-needed')
      const line = connect(() => (this.#session = null))
      await within(line, line.connection.open(keys)).catch((thrown: unknown) => {
        line.port.disconnect()
        throw thrown
      })
      return line
    } catch (thrown) {
      this.#session = null // the next call connects again
      throw thrown
    }
  }
}

function connect(ended: () => void = () => {}): Line {
  const port = webExtension.runtime.connectNative(hostName)
  const close = (): void => {
    port.disconnect() // Chromium sends no disconnect event to the side that disconnected
    ended()
  }
  const connection = new AppConnection({ post: (message) => port.postMessage(message), close })
  const line: Line = { connection, port, end: null }
  port.onMessage.addListener((message) => void connection.hear(message))
  port.onDisconnect.addListener(() => {
    // Chromium has the reason in one place, Firefox in the other. Only its text distinguishes a missing host from one that ended.
    const reason = webExtension.runtime.lastError?.message ?? port.error?.message ?? ''
    line.end = /not found|forbidden|no such native application|not registered|not installed/i.test(reason) ? 'not-installed' : 'not-running'
    connection.end()
    ended()
  })
  return line
}

async function within<T>(line: Line, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (thrown) {
    if (thrown instanceof AppRefusal) throw new Trouble(thrown.code)
    if (thrown instanceof SessionFault) {
      if (thrown.reason === 'unproven') throw Trouble.of('unproven')
      throw Trouble.of(line.end ?? 'ended')
    }
    throw thrown
  }
}
