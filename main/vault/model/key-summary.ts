import { items } from '../keychain/items.ts'
import { type KeyRecord, type KeySummary, summariseKey } from './key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'

/** The summary of a key. Its value is `locked` while the keychain does not return that item. */
export function summaryOf(vault: Pick<UnlockedVault, 'keychainTrouble'>, record: KeyRecord): KeySummary {
  return summariseKey(record, vault.keychainTrouble(items.value(record.accountId, record.id)) === null)
}
