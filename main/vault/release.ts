import { items, readItem } from './items.ts'
import { find } from './keys.ts'
import type { Opened } from './opened.ts'
import type { Purpose } from './ports.ts'
import { Refusal } from './refusal.ts'
import type { Secret } from './secret.ts'

/**
 * The one gate through which a value leaves the vault: find → open → journal → hand on. The journal line is on disk
 * before the value is given; a value that cannot be journaled is not given.
 *
 * @throws Refusal `key-not-found`; `value-elsewhere`, `value-missing` or `value-lost` if it is not on this computer;
 *   `keychain-…` if that cannot be told
 */
export async function release(opened: Opened, accountId: string, keyId: string, purpose: Purpose): Promise<Secret> {
  const record = find(opened, accountId, keyId)
  if (record === undefined) throw new Refusal('key-not-found')
  const item = items.value(accountId, keyId)
  const value = record.sealed !== null ? opened.root.open(record.sealed, item) : await readItem(opened.keychain, item)
  if (value === null) {
    if (record.value === 'here') {
      opened.cache.commit([{ op: 'put-key', key: { ...record, value: 'missing' } }])
      opened.announce('keys')
    }
    throw new Refusal(record.value === 'elsewhere' ? 'value-elsewhere' : record.value === 'lost' ? 'value-lost' : 'value-missing')
  }
  opened.cache.commit([{ op: 'put-release', release: { accountId, keyId, purpose, at: opened.clock() } }])
  return value
}
