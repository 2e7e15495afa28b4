import { managesKeys, type Account } from '../model/account.ts'
import { type Connection, connectionOf } from '../sync/connection.ts'
import type { KeyRecord, KeySummary } from '../model/key.ts'
import { keyLimit, storedLimit } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent } from '../model/pending-change.ts'
import type { News } from '../model/notification.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'
import { type TrashedValue, listTrash } from './trash.ts'

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
export function listKeys(opened: UnlockedVault, accountId: string): KeyListing {
  const account = accountOf(opened, accountId)
  return {
    accountId,
    keys: presentKeys(opened, accountId).map((record) => summaryOf(opened, record)),
    limit: account.method === 'values' ? storedLimit : keyLimit,
    syncedAt: opened.syncedAt.get(accountId) ?? account.syncedAt,
    connection: connectionOf(opened, account),
    trouble: account.trouble,
    waiting: opened.cache.intents(accountId).map(({ id, kind, keyId, name, at, sent }) => ({ id, kind, keyId, name, at, sent })),
    news: opened.cache.news(accountId).map(({ id, what, keyId, name, at }) => ({ id, what, keyId, name, at })),
    trash: listTrash(opened, accountId),
    keychain: opened.keychainTrouble(),
  }
}

/**
 * Syncs with the server and lists the keys. A server that cannot be reached is reported in `trouble`, not by a refusal: the cached list is
 * still valid.
 */
export async function refreshKeys(opened: UnlockedVault, accountId: string): Promise<KeyListing> {
  await opened.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(opened, accountId)
    if (!managesKeys(account) || !account.signedIn) return
    await syncKeys(opened, turn, account).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  })
  return listKeys(opened, accountId)
}

/** @returns the record of a key that the server has, as far as the cache knows */
export function findPresentKey(opened: UnlockedVault, accountId: string, id: string): KeyRecord | undefined {
  const record = opened.cache.key(accountId, id)
  return record === null || record.goneAt !== null ? undefined : record
}

/** @returns like `findPresentKey`. @throws Refusal `key-not-found` */
export function requireKey(opened: UnlockedVault, accountId: string, id: string): KeyRecord {
  const record = findPresentKey(opened, accountId, id)
  if (record === undefined) throw new Refusal('key-not-found')
  return record
}

export function presentKeys(opened: UnlockedVault, accountId: string): KeyRecord[] {
  return opened.cache.keys(accountId).filter((key) => key.goneAt === null)
}
