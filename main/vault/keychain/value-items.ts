import { items, removeItem, writeItem } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Secret } from '../secret.ts'

/**
 * Every value goes into the keychain and out of it by these: its entry in the index is written before its item and goes after it.
 * Interrupted anywhere, the index may name an item that is not there, and no item is without an entry.
 */

/** @throws Refusal `keychain-…`: the value may not be in the keychain then, and it is listed if it is */
export async function putValue(
  opened: UnlockedVault,
  { accountId, id, name }: Pick<KeyRecord, 'accountId' | 'id' | 'name'>,
  value: Secret,
): Promise<void> {
  await opened.valueIndexes.list(accountOf(opened, accountId), [{ id, name }])
  await writeItem(opened.keychain, items.value(accountId, id), value)
}

/** @throws Refusal `keychain-…`: the value may be in the keychain then, and it is listed if it is */
export async function removeValue(opened: UnlockedVault, accountId: string, id: string): Promise<void> {
  await removeItem(opened.keychain, items.value(accountId, id))
  await opened.valueIndexes.unlist(accountOf(opened, accountId), [id])
}

/** Removes every value of an account, also those that the cache does not know, and their entries. @throws Refusal `keychain-…` */
export async function removeValues(opened: UnlockedVault, accountId: string): Promise<void> {
  const account = accountOf(opened, accountId)
  const ids = new Set([...(await opened.valueIndexes.entries(account)), ...opened.cache.keys(accountId)].map(({ id }) => id))
  for (const id of ids) await removeItem(opened.keychain, items.value(accountId, id))
  await opened.valueIndexes.unlist(account, ids)
}
