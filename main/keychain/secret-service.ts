import type { MessageBus, Variant } from '@jellybrick/dbus-next'
import type { KeychainFailure } from '../vault/ports/keychain.ts'
import { callMethod, BusFailure, onSessionBus, type MethodCall } from '../desktop/session-bus.ts'

export const secretService = 'org.freedesktop.secrets'
const path = '/org/freedesktop/secrets'
const interfaceName = 'org.freedesktop.Secret.Service'
const deadlineMs = 5_000

/**
 * Looks for an item over D-Bus: `SearchItems` answers correctly even while a keyring is locked, without a prompt and without a value.
 * @returns `unlocked` for an item that can be read; `locked` also if nothing was found but the default keyring, which could hold it, is
 *   locked
 */
export async function locate(attributes: { service: string; account: string }): Promise<'unlocked' | 'absent' | KeychainFailure> {
  try {
    return await onSessionBus((bus) => search(bus, attributes), deadlineMs)
  } catch (error) {
    return error instanceof BusFailure && error.kind === 'timeout' ? 'timeout' : 'unavailable'
  }
}

async function search(bus: MessageBus, attributes: { service: string; account: string }): Promise<'unlocked' | 'absent' | KeychainFailure> {
  const answer = await askService(bus, { member: 'SearchItems', signature: 'a{ss}', body: [attributes] })
  const [unlocked, locked] = answer as [unknown[], unknown[]]
  if (locked.length > 0) return 'locked'
  if (unlocked.length > 0) return 'unlocked'
  const keyring = await defaultKeyring(bus)
  return keyring === 'locked' ? 'locked' : 'absent'
}

/** The state of the keyring for new items, without a prompt. @throws DBusError with the error of the service */
export async function defaultKeyring(bus: MessageBus): Promise<'open' | 'locked' | 'none'> {
  const [collection] = (await askService(bus, { member: 'ReadAlias', signature: 's', body: ['default'] })) as [string]
  if (collection === '/') return 'none'
  const [locked] = await callMethod(bus, {
    to: secretService,
    path: collection,
    interfaceName: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: ['org.freedesktop.Secret.Collection', 'Locked'],
  })
  return (locked as Variant<boolean>).value ? 'locked' : 'open'
}

function askService(bus: MessageBus, question: Pick<MethodCall, 'member' | 'signature' | 'body'>): Promise<unknown[]> {
  return callMethod(bus, { to: secretService, path, interfaceName, ...question })
}
