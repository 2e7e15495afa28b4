import { managesKeys, type Account } from '../model/account.ts'
import { connectionOf } from '../sync/connection.ts'
import type { Connection } from '../../../shared/lists/keys.ts'
import type { KeyRecord, KeySummary } from '../model/key.ts'
import { keyLimit, storedLimit } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent } from '../model/pending-change.ts'
import type { News } from '../model/notification.ts'
import { ignoreRefusal, Refusal, type RefusalCode } from '../refusal.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'
import { emptyTrash, type TrashedValue, listTrash } from './trash.ts'

export interface KeyListing {
  readonly accountId: string
  readonly keys: KeySummary[]
  readonly limit: number
  readonly syncedAt: number | null
  readonly connection: Connection
  readonly trouble: Account['trouble']
  readonly waiting: Pick<Intent, 'id' | 'kind' | 'keyId' | 'name' | 'at' | 'sent'>[]
  readonly news: Omit<News, 'accountId'>[]
  readonly trash: TrashedValue[]
  readonly keychain: RefusalCode | null
}

/** The account's keys as last known, from the cache alone. */
export function listKeys(vault: UnlockedVault, accountId: string): KeyListing {
  const account = accountOf(vault, accountId)
  return {
    accountId,
    keys: presentKeys(vault, accountId).map((record) => summaryOf(vault, record)),
    limit: account.method === 'values' ? storedLimit : keyLimit,
    syncedAt: vault.syncedAt.get(accountId) ?? account.syncedAt,
    connection: connectionOf(vault, account),
    trouble: account.trouble,
    waiting: vault.cache.intents(accountId).map(({ id, kind, keyId, name, at, sent }) => ({ id, kind, keyId, name, at, sent })),
    news: vault.cache.news(accountId).map(({ id, what, keyId, name, at }) => ({ id, what, keyId, name, at })),
    trash: listTrash(vault, accountId),
    keychain: vault.keychainTrouble(),
  }
}

/**
 * Syncs with the server and lists the keys. A server that cannot be reached is reported in `trouble`, not by a refusal: the cached list is
 * still valid.
 */
export async function refreshKeys(vault: UnlockedVault, accountId: string): Promise<KeyListing> {
  await vault.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(vault, accountId)
    if (account.method === 'values') await emptyTrash(vault, turn, accountId)
    if (!managesKeys(account) || !account.signedIn) return
    await syncKeys(vault, turn, account).catch(ignoreRefusal)
  })
  return listKeys(vault, accountId)
}

/** @returns the record of a key that the server has, as far as the cache knows */
export function findPresentKey(vault: UnlockedVault, accountId: string, id: string): KeyRecord | undefined {
  const record = vault.cache.key(accountId, id)
  return record === null || record.goneAt !== null ? undefined : record
}

/** @returns like `findPresentKey`. @throws Refusal `key-not-found` */
export function requireKey(vault: UnlockedVault, accountId: string, id: string): KeyRecord {
  const record = findPresentKey(vault, accountId, id)
  if (record === undefined) throw new Refusal('key-not-found')
  return record
}

export function presentKeys(vault: UnlockedVault, accountId: string): KeyRecord[] {
  return vault.cache.keys(accountId).filter((key) => key.goneAt === null)
}
