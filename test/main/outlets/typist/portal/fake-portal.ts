import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { startBareBus, moveInto, endSession } from '../../../keychain/fixtures/own-session.ts'

const path = '/org/freedesktop/portal/desktop'
const session = `${path}/session/1`

type Options = Record<string, Variant>

/** A desktop with a RemoteDesktop portal. */
export class FakePortal {
  /** What its person says when asked: 0 yes, 1 no. */
  answer = 0
  devices = 1
  version = 2
  /** Ends the session after so many keysyms were pressed. */
  breaksAfter = Infinity
  readonly calls: { member: string; options: Record<string, unknown> }[] = []
  readonly strokes: [keysym: number, state: number][] = []
  open = 0
  readonly #bus: MessageBus

  private constructor(bus: MessageBus) {
    this.#bus = bus
    bus.addMethodHandler((call: Message) => this.#answer(call))
  }

  /** On the session's own bus. */
  static async onSessionBus(): Promise<{ portal: FakePortal; end: () => void }> {
    const bus = sessionBus()
    await bus.requestName('org.freedesktop.portal.Desktop')
    return { portal: new FakePortal(bus), end: () => bus.disconnect() }
  }

  /** On a session bus of this process alone. */
  static async start(): Promise<{ portal: FakePortal; end: () => Promise<void> }> {
    const before = { ...process.env }
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-portal-'))
    moveInto(folder)
    await startBareBus(folder)
    const { portal, end } = await FakePortal.onSessionBus()
    return {
      portal,
      end: async () => {
        end()
        await endSession()
        Object.assign(process.env, before)
        rmSync(folder, { recursive: true })
      },
    }
  }

  /** What was typed: the characters of the keysyms that were pressed and let go. */
  get typed(): string {
    return this.strokes
      .filter(([, state]) => state === 1)
      .map(([keysym]) => String.fromCharCode(keysym))
      .join('')
  }

  #answer(call: Message): boolean {
    const { member, body } = call
    const reply = (signature: string, values: unknown[]): void => this.#bus.send(Message.newMethodReturn(call, signature, values))
    if (member === 'Get') {
      const properties: Record<string, number> = { AvailableDeviceTypes: this.devices, version: this.version }
      reply('v', [new Variant('u', properties[String(body[1])] ?? 0)])
    } else if (member === 'NotifyKeyboardKeysym') {
      if (this.open === 0 || this.typed.length >= this.breaksAfter) {
        this.#bus.send(Message.newError(call, 'org.freedesktop.DBus.Error.AccessDenied', 'no session'))
      } else {
        this.strokes.push([Number(body[2]), Number(body[3])])
        reply('', [])
      }
    } else if (member === 'Close') {
      this.open -= 1
      reply('', [])
    } else if (['CreateSession', 'SelectDevices', 'Start'].includes(member)) {
      const options = body.at(-1) as Options
      this.calls.push({ member, options: Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, value])) })
      const request = `${path}/request/${call.sender.slice(1).replaceAll('.', '_')}/${String(options['handle_token']?.value)}`
      reply('o', [request])
      const [code, results] = this.#results(member)
      const told = Message.newSignal(request, 'org.freedesktop.portal.Request', 'Response', 'ua{sv}', [code, results])
      told.destination = call.sender
      this.#bus.send(told)
    } else {
      this.#bus.send(Message.newError(call, 'org.freedesktop.DBus.Error.UnknownMethod', 'not here'))
    }
    return true
  }

  #results(member: string): [number, Options] {
    if (member === 'CreateSession') return [0, { session_handle: new Variant('s', session) }]
    if (member !== 'Start') return [0, {}]
    if (this.answer !== 0) return [this.answer, {}]
    this.open += 1
    return [0, { devices: new Variant('u', 1), ...(this.version >= 2 ? { restore_token: new Variant('s', 'again') } : {}) }]
  }
}
