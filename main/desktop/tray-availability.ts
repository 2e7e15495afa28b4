import { type Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { ask, BusFailure, openBus } from './session-bus.ts'

const watcher = 'org.kde.StatusNotifierWatcher' // the name that every desktop's has, KDE's or not
const path = '/StatusNotifierWatcher'

const broker = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', face: 'org.freedesktop.DBus' }

/** Of the bus itself and of the watcher: a panel came, or went. */
const signals = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${watcher}'`,
  `type='signal',interface='${watcher}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${watcher}',member='StatusNotifierHostUnregistered'`,
]

/** Whether the desktop shows tray icons at all. */
export interface TrayAvailability {
  readonly present: boolean
}

/**
 * On Linux a tray is a panel's or an extension's, and may not be there, come late at login, or go away. Electron does not tell; the
 * session's bus does. macOS and Windows always have one.
 * @param changed `present` has become another
 */
export async function watchTrayAvailability(platform: NodeJS.Platform, changed: () => void): Promise<TrayAvailability> {
  if (platform !== 'linux') return { present: true }
  const bus = await openBus(sessionBus).catch(() => null)
  if (bus === null) return { present: false }
  const host = { present: false }
  const look = async (): Promise<void> => {
    const present = await isThere(bus)
    if (present === host.present) return
    host.present = present
    changed()
  }
  bus.on('message', ({ member }: Message) => {
    if (/^(?:NameOwnerChanged|StatusNotifierHost(?:Unr|R)egistered)$/.test(member)) void look()
  })
  const listen = (rule: string): Promise<unknown> => ask(bus, { ...broker, member: 'AddMatch', signature: 's', body: [rule] })
  try {
    await Promise.all(signals.map(listen))
  } catch (error) {
    if (!(error instanceof BusFailure)) throw error
    bus.disconnect() // a bus that stopped answering
    return host
  }
  await look()
  return host
}

/** Nobody owning the watcher's name, or a watcher that does not answer, is no tray. Asked in that order: a question would start one. */
async function isThere(bus: MessageBus): Promise<boolean> {
  const [owned] = await ask(bus, { ...broker, member: 'NameHasOwner', signature: 's', body: [watcher] }).catch(() => [])
  if (owned !== true) return false
  const face = 'org.freedesktop.DBus.Properties'
  const asked = { to: watcher, path, face, member: 'Get', signature: 'ss', body: [watcher, 'IsStatusNotifierHostRegistered'] }
  const [answer] = await ask(bus, asked).catch(() => [])
  return answer instanceof Variant && answer.value === true
}
