import { type Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { callMethod, BusFailure, openBus } from './session-bus.ts'

const watcher = 'org.kde.StatusNotifierWatcher' // every desktop uses this name, not only KDE
const path = '/StatusNotifierWatcher'

const broker = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interfaceName: 'org.freedesktop.DBus' }

/** Signals of the bus and of the watcher that a panel has appeared or gone. */
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
 * Finds out whether there is a tray, and watches it. On Linux a panel or a desktop extension provides it: it may be missing, start late at
 * login, or go away. Electron does not report this; the session bus does. macOS and Windows always have a tray.
 * @param changed called when `present` has changed
 */
export async function watchTrayAvailability(platform: NodeJS.Platform, changed: () => void): Promise<TrayAvailability> {
  if (platform !== 'linux') return { present: true }
  const bus = await openBus(sessionBus).catch(() => null)
  if (bus === null) return { present: false }
  const host = { present: false }
  const look = async (): Promise<void> => {
    const present = await isTrayPresent(bus)
    if (present === host.present) return
    host.present = present
    changed()
  }
  bus.on('message', ({ member }: Message) => {
    if (/^(?:NameOwnerChanged|StatusNotifierHost(?:Unr|R)egistered)$/.test(member)) void look()
  })
  const listen = (rule: string): Promise<unknown> => callMethod(bus, { ...broker, member: 'AddMatch', signature: 's', body: [rule] })
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

/**
 * There is no tray if nobody owns the watcher's name, or the watcher does not answer. The owner is checked first: a call would start the
 * watcher.
 */
async function isTrayPresent(bus: MessageBus): Promise<boolean> {
  const [owned] = await callMethod(bus, { ...broker, member: 'NameHasOwner', signature: 's', body: [watcher] }).catch(() => [])
  if (owned !== true) return false
  const interfaceName = 'org.freedesktop.DBus.Properties'
  const call = { to: watcher, path, interfaceName, member: 'Get', signature: 'ss', body: [watcher, 'IsStatusNotifierHostRegistered'] }
  const [answer] = await callMethod(bus, call).catch(() => [])
  return answer instanceof Variant && answer.value === true
}
