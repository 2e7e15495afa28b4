import { randomBytes } from 'node:crypto'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { News } from '../model/notification.ts'

/** Maximum number of notifications of one account; the oldest are dropped. */
const maxNotifications = 200

/** The change that notifies the account's person of something that happened unseen. */
export function notify(
  vault: Pick<UnlockedVault, 'clock'>,
  accountId: string,
  what: News['what'],
  key: { id: string | null; name: string },
): Change {
  const news: News = {
    accountId,
    id: randomBytes(8).toString('hex'),
    what,
    keyId: key.id,
    name: key.name,
    at: vault.clock(),
  }
  return { op: 'put-news', news }
}

/** Dismisses notifications. Idempotent: two windows may dismiss the same one. */
export function dismiss(vault: UnlockedVault, accountId: string, ids: readonly string[]): void {
  vault.cache.commit(ids.map((id) => ({ op: 'drop-news', accountId, id })))
  vault.announce('keys', accountId)
}

/** The changes that drop notifications above the maximum number. */
export function trimNotifications(vault: UnlockedVault, accountId: string): Change[] {
  const news = vault.cache.news(accountId)
  return news.slice(0, Math.max(0, news.length - maxNotifications)).map(({ id }) => ({ op: 'drop-news', accountId, id }))
}
