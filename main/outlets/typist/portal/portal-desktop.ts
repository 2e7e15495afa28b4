import { randomBytes } from 'node:crypto'
import { type Message, type MessageBus, Variant } from '@jellybrick/dbus-next'
import { withReadableMemory } from '../../../harden/own-process.ts'
import { callMethod } from '../../../desktop/session-bus.ts'
import { Refusal } from '../../../vault/refusal.ts'

const portal = 'org.freedesktop.portal.Desktop'
const path = '/org/freedesktop/portal/desktop'
const interfaceName = 'org.freedesktop.portal.RemoteDesktop'
const keyboard = 1
const persistWhileRunning = 1

type Options = Record<string, Variant>

/** Whether the desktop lets programs press keys, after asking the person. @throws the bus's error if there is no portal */
export async function hasKeyboard(bus: MessageBus): Promise<boolean> {
  return ((await property(bus, 'AvailableDeviceTypes')) & keyboard) !== 0
}

/** A session in which keys may be pressed. The desktop shows that it is active. */
export class RemoteKeyboard {
  readonly #bus: MessageBus
  readonly #session: string

  private constructor(bus: MessageBus, session: string) {
    this.#bus = bus
    this.#session = session
  }

  /**
   * Opens a session. The desktop asks the person.
   * @param token of an earlier session, with which the person is not asked again
   * @returns the session, and the token for the next one; null if the desktop gives none
   * @throws Refusal `approval-denied` when the person says no; `typing-unavailable`
   */
  static async open(bus: MessageBus, token: string | null): Promise<{ keyboard: RemoteKeyboard; token: string | null }> {
    const remembers = (await property(bus, 'version')) >= 2
    const created = await request(bus, 'CreateSession', '', [], { session_handle_token: new Variant('s', newToken()) })
    const session = created['session_handle']?.value
    if (typeof session !== 'string') throw new Refusal('typing-unavailable')
    const persistence: Options = {
      persist_mode: new Variant('u', persistWhileRunning),
      ...(token === null ? {} : { restore_token: new Variant('s', token) }),
    }
    await request(bus, 'SelectDevices', 'o', [session], { types: new Variant('u', keyboard), ...(remembers ? persistence : {}) })
    const started = await request(bus, 'Start', 'os', [session, ''], {})
    if ((Number(started['devices']?.value) & keyboard) === 0) throw new Refusal('approval-denied')
    const next = started['restore_token']?.value
    return { keyboard: new RemoteKeyboard(bus, session), token: typeof next === 'string' ? next : null }
  }

  /** Presses and releases the key that gives the character on the layout in use. @param keysym equal to the code for printable ASCII */
  async stroke(keysym: number): Promise<void> {
    for (const state of [1, 0]) {
      await callMethod(this.#bus, {
        to: portal,
        path,
        interfaceName,
        member: 'NotifyKeyboardKeysym',
        signature: 'oa{sv}iu',
        body: [this.#session, {}, keysym, state],
      })
    }
  }

  async close(): Promise<void> {
    await callMethod(this.#bus, { to: portal, path: this.#session, interfaceName: 'org.freedesktop.portal.Session', member: 'Close' })
  }
}

/** The first call to the portal on a connection, at which the portal identifies this process. */
async function property(bus: MessageBus, name: string): Promise<number> {
  const question = {
    to: portal,
    path,
    interfaceName: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [interfaceName, name],
  }
  const [found] = await withReadableMemory(() => callMethod(bus, question))
  return Number((found as Variant).value)
}

/**
 * Calls the portal, which answers at once with a request's path, and later with a signal from that path. The path is derived from a random
 * token of ours, so that no other program can forge the signal.
 */
async function request(bus: MessageBus, member: string, signature: string, body: unknown[], options: Options): Promise<Options> {
  const token = newToken()
  const sender = (bus.name ?? '').slice(1).replaceAll('.', '_')
  const signal = response(bus, `${path}/request/${sender}/${token}`)
  const all = { ...options, handle_token: new Variant('s', token) }
  try {
    await callMethod(bus, { to: portal, path, interfaceName, member, signature: `${signature}a{sv}`, body: [...body, all] })
    const { code, results } = await signal.promise
    if (code !== 0) throw new Refusal(code === 1 ? 'approval-denied' : 'typing-unavailable')
    return results
  } finally {
    signal.end()
  }
}

function response(bus: MessageBus, handle: string): { promise: Promise<{ code: number; results: Options }>; end: () => void } {
  let listener = (_message: Message): void => {}
  const promise = new Promise<{ code: number; results: Options }>((resolve) => {
    listener = (message) => {
      if (message.path !== handle || message.member !== 'Response') return
      const [code, results] = message.body as [number, Options]
      resolve({ code, results })
    }
    bus.on('message', listener)
  })
  return { promise, end: () => void bus.off('message', listener) }
}

/** Valid as an element of a D-Bus path. */
function newToken(): string {
  return `latchkey_${randomBytes(16).toString('hex')}`
}
