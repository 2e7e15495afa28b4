import { items, removeItem, writeItem } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Secret } from '../secret.ts'

/**
 * Every value enters and leaves the keychain through these functions: its index entry is written before its item and removed after it.
 * After an interruption anywhere, the index may name an item that does not exist, but every item has an entry.
 */

/** @throws Refusal `keychain-…`; the value may then be missing from the keychain, and it is listed if it is there */
export async function putValue(
  opened: UnlockedVault,
  { accountId, id, name }: Pick<KeyRecord, 'accountId' | 'id' | 'name'>,
  value: Secret,
): Promise<void> {
  await opened.valueIndexes.list(accountOf(opened, accountId), [{ id, name }])
  await writeItem(opened.keychain, items.value(accountId, id), value)
}

/** @throws Refusal `keychain-…`; the value may then still be in the keychain, and it is listed if it is there */
export async function removeValue(opened: UnlockedVault, accountId: string, id: string): Promise<void> {
  await removeItem(opened.keychain, items.value(accountId, id))
  await opened.valueIndexes.unlist(accountOf(opened, accountId), [id])
}

/** Removes every value of an account, including those that the cache does not know, and their entries. @throws Refusal `keychain-…` */
export async function removeValues(opened: UnlockedVault, accountId: string): Promise<void> {
  const account = accountOf(opened, accountId)
  const ids = new Set([...(await opened.valueIndexes.entries(account)), ...opened.cache.keys(accountId)].map(({ id }) => id))
  for (const id of ids) await removeItem(opened.keychain, items.value(accountId, id))
  await opened.valueIndexes.unlist(account, ids)
}
