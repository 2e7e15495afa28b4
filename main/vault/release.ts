import { items, readItem } from './items.ts'
import type { KeyRecord } from './key.ts'
import type { Opened } from './opened.ts'
import type { Purpose } from './ports.ts'
import { Refusal } from './refusal.ts'
import type { Secret } from './secret.ts'

/**
 * The one gate through which a value leaves the vault: find → open → compare → journal → hand on. The journal line is on disk
 * before the value is given; a value that cannot be journaled is not given. Left-over values pass too.
 *
 * @throws Refusal `key-not-found`; `value-elsewhere`, `value-missing` or `value-lost` if it is not on this computer;
 *   `keychain-mismatch` if the keychain's is not the one that was put there; `keychain-…` if that cannot be told
 */
export async function release(opened: Opened, accountId: string, keyId: string, purpose: Purpose): Promise<Secret> {
  const record = opened.cache.keys(accountId).find((key) => key.id === keyId)
  if (record === undefined) throw new Refusal('key-not-found')
  const value = await open(opened, record)
  if (value === null) {
    if (record.goneAt !== null) throw new Refusal('key-not-found')
    noteMissing(opened, record)
    throw new Refusal(record.value === 'elsewhere' ? 'value-elsewhere' : record.value === 'lost' ? 'value-lost' : 'value-missing')
  }
  opened.cache.commit([{ op: 'put-release', release: { accountId, keyId, purpose, at: opened.clock() } }])
  return value
}

async function open(opened: Opened, record: KeyRecord): Promise<Secret | null> {
  const item = items.value(record.accountId, record.id)
  if (record.sealed !== null) return opened.root.open(record.sealed, item)
  const value = await readItem(opened.keychain, item)
  if (value === null || record.fingerprint === null) return value
  // Another program's value under our name would be filled into logins as the key's own.
  if (opened.root.fingerprint(value, item) !== record.fingerprint) throw new Refusal('keychain-mismatch')
  return value
}

/** On the record as it now is: the key may have been deleted while the keychain was read, and must not come back by this. */
function noteMissing(opened: Opened, { accountId, id }: KeyRecord): void {
  const record = opened.cache.keys(accountId).find((key) => key.id === id)
  if (record?.value !== 'here') return
  opened.cache.commit([{ op: 'put-key', key: { ...record, value: 'missing' } }])
  opened.announce('keys')
}
