import { items, removeItem, writeItem } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Secret } from '../secret.ts'
import type { IndexedValue } from './value-indexes.ts'

/**
 * Every value enters and leaves the keychain through these functions: its index entry is written before its item and removed after it.
 * After an interruption anywhere, the index may name an item that does not exist, but every item has an entry.
 */

/** @throws Refusal `keychain-…`; the value may then be missing from the keychain, and it is listed if it is there */
export async function putValue(vault: UnlockedVault, record: IndexedValue & Pick<KeyRecord, 'accountId'>, value: Secret): Promise<void> {
  await vault.valueIndexes.list(accountOf(vault, record.accountId), [record])
  await writeItem(vault.keychain, items.value(record.accountId, record.id), value)
}

/** @throws Refusal `keychain-…`; the value may then still be in the keychain, and it is listed if it is there */
export async function removeValue(vault: UnlockedVault, accountId: string, id: string): Promise<void> {
  await removeItem(vault.keychain, items.value(accountId, id))
  await vault.valueIndexes.unlist(accountOf(vault, accountId), [id])
}

/** Removes every value of an account, including those that the cache does not know, and their entries. @throws Refusal `keychain-…` */
export async function removeValues(vault: UnlockedVault, accountId: string): Promise<void> {
  const account = accountOf(vault, accountId)
  const ids = new Set([...(await vault.valueIndexes.entries(account)), ...vault.cache.keys(accountId)].map(({ id }) => id))
  for (const id of ids) await removeItem(vault.keychain, items.value(accountId, id))
  await vault.valueIndexes.unlist(account, ids)
}
