import type { EventEmitter } from 'node:events'
import { Message, type MessageBus, sessionBus, type Variant } from '@jellybrick/dbus-next'
import type { KeychainFailure } from '../vault/ports.ts'

const name = 'org.freedesktop.secrets'
const path = '/org/freedesktop/secrets'
const deadline = 5_000

/**
 * Asks the Secret Service over D-Bus what became of an item that libsecret did not give: `SearchItems` answers truthfully
 * while the keyring is locked, without a prompt and without a value.
 * @returns `locked` also when nothing was found but the default keyring is locked and could hold it
 */
export async function locate(attributes: { service: string; account: string }): Promise<'absent' | KeychainFailure> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), deadline)
  })
  const connection = connect()
  try {
    return await Promise.race([connection.then((bus) => search(bus, attributes)), late])
  } catch {
    return 'unavailable'
  } finally {
    clearTimeout(timer)
    connection.then((bus) => bus.disconnect()).catch(() => {}) // told above; there is nothing to close
  }
}

/** Rejects when there is no bus: the library says so by an `error` event that its types do not list. */
function connect(): Promise<MessageBus> {
  return new Promise((resolve, reject) => {
    const bus = sessionBus()
    const emitter: EventEmitter = bus
    emitter.once('error', reject)
    emitter.once('connect', () => resolve(bus))
  })
}

async function search(
  bus: MessageBus,
  attributes: { service: string; account: string },
): Promise<'absent' | KeychainFailure> {
  const found = await ask(bus, path, 'org.freedesktop.Secret.Service', 'SearchItems', 'a{ss}', [attributes])
  const [unlocked, locked] = found as [unknown[], unknown[]]
  if (locked.length > 0) return 'locked'
  // Found and unlocked, but not given: a person said no, or the daemon failed between the two looks.
  if (unlocked.length > 0) return 'denied'
  const [collection] = (await ask(bus, path, 'org.freedesktop.Secret.Service', 'ReadAlias', 's', ['default'])) as [string]
  if (collection === '/') return 'absent'
  const property = ['org.freedesktop.Secret.Collection', 'Locked']
  const [isLocked] = await ask(bus, collection, 'org.freedesktop.DBus.Properties', 'Get', 'ss', property)
  return (isLocked as Variant<boolean>).value ? 'locked' : 'absent'
}

async function ask(
  bus: MessageBus,
  object: string,
  face: string,
  member: string,
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const reply = await bus.call(new Message({ destination: name, path: object, interface: face, member, signature, body }))
  if (reply === null) throw new Error('no reply')
  return reply.body
}
