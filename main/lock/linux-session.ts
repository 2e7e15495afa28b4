import type { Message, Variant } from '@jellybrick/dbus-next'
import { DBusError, type MessageBus, sessionBus, systemBus } from '@jellybrick/dbus-next'
import { callMethod, BusFailure, openBus } from '../desktop/session-bus.ts'

const login = 'org.freedesktop.login1'
const properties = 'org.freedesktop.DBus.Properties'
const daemon = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interfaceName: 'org.freedesktop.DBus' }
/** Screen lockers of desktops that inform the login service late or never. */
const savers = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
]
const idleMonitor = {
  to: 'org.gnome.Mutter.IdleMonitor',
  path: '/org/gnome/Mutter/IdleMonitor/Core',
  interfaceName: 'org.gnome.Mutter.IdleMonitor',
}

/**
 * Watches the Linux desktop session for screen locks and idle time. Without a bus or a login service it reports nothing, which is no error.
 */
export class LinuxSession {
  readonly #session: MessageBus | null

  private constructor(session: MessageBus | null) {
    this.#session = session
  }

  /**
   * @param locked called when the desktop or the login service reports a locked screen, and when another user's session gets the screen
   */
  static async watch(locked: () => void): Promise<LinuxSession> {
    // In parallel: a session bus that never answers must not keep us from the login service's signals.
    const [session] = await Promise.all([
      nullIfUnavailable(async () => {
        const bus = await openBus(sessionBus)
        await nullIfUnavailable(() => watchScreen(bus, locked))
        return bus
      }),
      nullIfUnavailable(async () => watchLogin(await openBus(systemBus), process.env['XDG_SESSION_ID'], locked)),
    ])
    return new LinuxSession(session)
  }

  /** Milliseconds since the last input, which GNOME reports on Wayland; null on other desktops. */
  async idle(): Promise<number | null> {
    const session = this.#session
    if (session === null) return null
    const reply = await nullIfUnavailable(() => callMethod(session, { ...idleMonitor, member: 'GetIdletime' }))
    return reply === null ? null : Number(reply[0])
  }
}

async function watchScreen(bus: MessageBus, locked: () => void): Promise<void> {
  onMessage(
    bus,
    ({ interface: interfaceName, member, body }) => savers.includes(interfaceName) && member === 'ActiveChanged' && body[0] === true,
    locked,
  )
  for (const saver of savers) await addMatchRule(bus, `type='signal',interface='${saver}',member='ActiveChanged'`)
}

async function watchLogin(bus: MessageBus, id: string | undefined, locked: () => void): Promise<void> {
  const session = (id === undefined ? null : await nullIfUnavailable(() => sessionOf(bus, id))) ?? (await sessionWithScreen(bus))
  onMessage(bus, (message) => message.path === session && isLockSignal(message), locked)
  await addMatchRule(bus, `type='signal',sender='${login}',path='${session}'`)
}

function isLockSignal({ interface: interfaceName, member, body }: Message): boolean {
  if (interfaceName === `${login}.Session`) return member === 'Lock'
  if (interfaceName !== properties || member !== 'PropertiesChanged') return false
  const [, changed] = body as [string, Record<string, Variant>]
  return changed['LockedHint']?.value === true || changed['Active']?.value === false
}

async function sessionOf(bus: MessageBus, id: string): Promise<string> {
  const manager = { to: login, path: '/org/freedesktop/login1', interfaceName: `${login}.Manager` }
  const [path] = await callMethod(bus, { ...manager, member: 'GetSession', signature: 's', body: [id] })
  return String(path)
}

/** The user's session with a screen: a program that the user's service manager started belongs to no session itself. */
async function sessionWithScreen(bus: MessageBus): Promise<string> {
  const user = { to: login, path: '/org/freedesktop/login1/user/self', interfaceName: properties }
  const [display] = await callMethod(bus, { ...user, member: 'Get', signature: 'ss', body: [`${login}.User`, 'Display'] })
  const [, path] = (display as Variant).value as [string, string]
  return path
}

function onMessage(bus: MessageBus, says: (message: Message) => boolean, locked: () => void): void {
  bus.on('message', (message: Message) => void (says(message) && locked()))
}

async function addMatchRule(bus: MessageBus, rule: string): Promise<void> {
  await callMethod(bus, { ...daemon, member: 'AddMatch', signature: 's', body: [rule] })
}

/** @returns null if there is no such bus, or nobody on it answers this call */
async function nullIfUnavailable<T>(query: () => Promise<T>): Promise<T | null> {
  try {
    return await query()
  } catch (error) {
    if (error instanceof BusFailure || error instanceof DBusError) return null
    throw error
  }
}
