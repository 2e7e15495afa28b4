import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { endSession, moveInto, startBareBus } from '../keychain/fixtures/own-session.ts'

const watcher = 'org.kde.StatusNotifierWatcher'
const item = { path: '/StatusNotifierItem', face: 'org.kde.StatusNotifierItem' }
const menuFace = 'com.canonical.dbusmenu'

interface MenuItem {
  readonly id: number
  readonly label: string
  readonly enabled: boolean
}

/** A desktop's panel with a tray: it keeps the list of icons, shows them, and a hand can press what it shows. */
export class Panel {
  /** Whether it shows icons, and does not only keep their list. */
  shows: boolean
  /** Of the icons: the bus name of each. */
  readonly icons: string[] = []
  readonly #bus: MessageBus

  private constructor(bus: MessageBus, shows: boolean) {
    this.#bus = bus
    this.shows = shows
    bus.addMethodHandler((call: Message) => this.#answer(call))
  }

  /** On the session's bus of this process, which should be its own: other programs would take it for theirs. */
  static async start(shows = true): Promise<Panel> {
    const bus = sessionBus()
    const panel = new Panel(bus, shows)
    await bus.requestName(watcher)
    return panel
  }

  end(): void {
    this.#bus.disconnect()
  }

  /** Begins or ends to show icons. */
  show(shows: boolean): void {
    this.shows = shows
    const member = shows ? 'StatusNotifierHostRegistered' : 'StatusNotifierHostUnregistered'
    this.#bus.send(Message.newSignal('/StatusNotifierWatcher', watcher, member, '', []))
  }

  /** What the one icon says when it is pointed at. */
  async tip(): Promise<string> {
    const [, , title, text] = (await this.#property(item.path, item.face, 'ToolTip')) as [string, unknown[], string, string]
    return title || text
  }

  /** The icon's picture as the panel gets it: bytes, to tell one from another. */
  async picture(): Promise<string> {
    const [first] = (await this.#property(item.path, item.face, 'IconPixmap')) as [number, number, Uint8Array][]
    return first === undefined ? String(await this.#property(item.path, item.face, 'IconName')) : Buffer.from(first[2]).toString('base64')
  }

  /** A click on the icon. */
  async press(): Promise<void> {
    await this.#ask(item.path, item.face, 'Activate', 'ii', [0, 0])
  }

  async menu(): Promise<MenuItem[]> {
    const path = String(await this.#property(item.path, item.face, 'Menu'))
    const [, root] = (await this.#ask(path, menuFace, 'GetLayout', 'iias', [0, -1, []])) as [number, [number, object, Variant[]]]
    return root[2].flatMap(({ value }) => {
      const [id, properties] = value as [number, Record<string, Variant>]
      const label = String(properties['label']?.value ?? '').replace(/_/g, '')
      return label === '' ? [] : [{ id, label, enabled: properties['enabled']?.value !== false }]
    })
  }

  /** A click on a line of the icon's menu. */
  async choose(label: string): Promise<void> {
    const path = String(await this.#property(item.path, item.face, 'Menu'))
    const line = (await this.menu()).find((one) => one.label === label)
    if (line === undefined || !line.enabled) throw new Error(`no such line: ${label}`)
    await this.#ask(path, menuFace, 'Event', 'isvu', [line.id, 'clicked', new Variant('s', ''), 0])
  }

  async #property(path: string, face: string, name: string): Promise<unknown> {
    const [found] = await this.#ask(path, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [face, name])
    return (found as Variant).value
  }

  async #ask(path: string, face: string, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    const destination = this.icons.at(-1) ?? ''
    const reply = await this.#bus.call(new Message({ destination, path, interface: face, member, signature, body }))
    return reply?.body ?? []
  }

  #answer(call: Message): boolean {
    const properties: Record<string, Variant> = {
      IsStatusNotifierHostRegistered: new Variant('b', this.shows),
      ProtocolVersion: new Variant('i', 0),
      RegisteredStatusNotifierItems: new Variant('as', this.icons),
    }
    const { member, body } = call
    const found = member === 'Get' ? properties[String(body[1])] : undefined
    if (found !== undefined) this.#bus.send(Message.newMethodReturn(call, 'v', [found]))
    else if (member === 'GetAll') this.#bus.send(Message.newMethodReturn(call, 'a{sv}', [properties]))
    else if (member === 'RegisterStatusNotifierItem') {
      this.icons.push(call.sender)
      this.#bus.send(Message.newMethodReturn(call, '', []))
    } else this.#bus.send(Message.newError(call, 'org.freedesktop.DBus.Error.UnknownMethod', 'not here'))
    return true
  }
}

/** A session bus of this process alone. */
export async function ownBus(): Promise<{ end: () => Promise<void> }> {
  const before = { ...process.env }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bus-'))
  moveInto(folder)
  await startBareBus(folder)
  return {
    end: async () => {
      await endSession()
      Object.assign(process.env, before)
      rmSync(folder, { recursive: true })
    },
  }
}
