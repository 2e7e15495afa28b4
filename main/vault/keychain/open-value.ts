import type { KeyRecord } from '../model/key.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { items, readItem } from './items.ts'

/**
 * The value that was stored for a key; null if the keychain has none.
 * @throws Refusal `keychain-mismatch` if the keychain has another one; `keychain-…` if it cannot be read
 */
export async function openValue(vault: UnlockedVault, record: KeyRecord): Promise<Secret | null> {
  const item = items.value(record.accountId, record.id)
  if (record.sealed !== null) return vault.root.open(record.sealed, item)
  const value = await readItem(vault.keychain, item)
  if (value === null || record.fingerprint === null) return value
  // A value that another program put under our name must not be filled into logins as the key's own.
  if (vault.root.fingerprint(value, item) !== record.fingerprint) throw new Refusal('keychain-mismatch')
  return value
}
