import { items } from '../keychain/items.ts'
import { type KeyRecord, type KeySummary, summariseKey } from './key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'

/** What is told of a key: its value is `locked` while the keychain does not give that very item. */
export function summaryOf(opened: Pick<UnlockedVault, 'keychainTrouble'>, record: KeyRecord): KeySummary {
  return summariseKey(record, opened.keychainTrouble(items.value(record.accountId, record.id)) === null)
}
