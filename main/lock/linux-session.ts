import type { Message, Variant } from '@jellybrick/dbus-next'
import { DBusError, type MessageBus, sessionBus, systemBus } from '@jellybrick/dbus-next'
import { ask, BusFailure, openBus } from '../desktop/session-bus.ts'

const login = 'org.freedesktop.login1'
const properties = 'org.freedesktop.DBus.Properties'
const daemon = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', face: 'org.freedesktop.DBus' }
/** Desktops that lock the screen themselves, and tell the login service late or never. */
const savers = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
]
const idleMonitor = { to: 'org.gnome.Mutter.IdleMonitor', path: '/org/gnome/Mutter/IdleMonitor/Core', face: 'org.gnome.Mutter.IdleMonitor' }

/** What a Linux session tells of its person. A computer without a bus or a login service tells nothing, which is no fault. */
export class LinuxSession {
  readonly #session: MessageBus | null

  private constructor(session: MessageBus | null) {
    this.#session = session
  }

  /**
   * @param locked called when the screen is locked, by whichever of desktop and login service says so first, and when another user's
   *   session takes the screen
   */
  static async watch(locked: () => void): Promise<LinuxSession> {
    // Side by side: a session's bus that never answers must not keep the login service from being heard.
    const [session] = await Promise.all([
      unlessAbsent(async () => {
        const bus = await openBus(sessionBus)
        await unlessAbsent(() => watchScreen(bus, locked))
        return bus
      }),
      unlessAbsent(async () => watchLogin(await openBus(systemBus), process.env['XDG_SESSION_ID'], locked)),
    ])
    return new LinuxSession(session)
  }

  /** For how long nobody has moved a key or a pointer, in milliseconds, as GNOME tells on Wayland; null where nobody tells. */
  async idle(): Promise<number | null> {
    const session = this.#session
    if (session === null) return null
    const told = await unlessAbsent(() => ask(session, { ...idleMonitor, member: 'GetIdletime' }))
    return told === null ? null : Number(told[0])
  }
}

async function watchScreen(bus: MessageBus, locked: () => void): Promise<void> {
  hear(bus, ({ interface: face, member, body }) => savers.includes(face) && member === 'ActiveChanged' && body[0] === true, locked)
  for (const saver of savers) await listen(bus, `type='signal',interface='${saver}',member='ActiveChanged'`)
}

async function watchLogin(bus: MessageBus, id: string | undefined, locked: () => void): Promise<void> {
  const session = (id === undefined ? null : await unlessAbsent(() => sessionOf(bus, id))) ?? (await sessionWithScreen(bus))
  hear(bus, (message) => message.path === session && saysLocked(message), locked)
  await listen(bus, `type='signal',sender='${login}',path='${session}'`)
}

function saysLocked({ interface: face, member, body }: Message): boolean {
  if (face === `${login}.Session`) return member === 'Lock'
  if (face !== properties || member !== 'PropertiesChanged') return false
  const [, changed] = body as [string, Record<string, Variant>]
  return changed['LockedHint']?.value === true || changed['Active']?.value === false
}

async function sessionOf(bus: MessageBus, id: string): Promise<string> {
  const manager = { to: login, path: '/org/freedesktop/login1', face: `${login}.Manager` }
  const [path] = await ask(bus, { ...manager, member: 'GetSession', signature: 's', body: [id] })
  return String(path)
}

/** Programs that the user's own service manager started belong to no session. */
async function sessionWithScreen(bus: MessageBus): Promise<string> {
  const user = { to: login, path: '/org/freedesktop/login1/user/self', face: properties }
  const [display] = await ask(bus, { ...user, member: 'Get', signature: 'ss', body: [`${login}.User`, 'Display'] })
  const [, path] = (display as Variant).value as [string, string]
  return path
}

function hear(bus: MessageBus, says: (message: Message) => boolean, locked: () => void): void {
  bus.on('message', (message: Message) => void (says(message) && locked()))
}

async function listen(bus: MessageBus, rule: string): Promise<void> {
  await ask(bus, { ...daemon, member: 'AddMatch', signature: 's', body: [rule] })
}

/** @returns null if there is no such bus, or nobody on it who answers that */
async function unlessAbsent<T>(asked: () => Promise<T>): Promise<T | null> {
  try {
    return await asked()
  } catch (error) {
    if (error instanceof BusFailure || error instanceof DBusError) return null
    throw error
  }
}
