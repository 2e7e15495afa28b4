import type { Account } from '../model/account.ts'
import type { LastingGrant } from '../model/grant.ts'
import type { Intent } from '../model/pending-change.ts'
import type { Entry, Line } from '../journal/journal-line.ts'
import type { KeyRecord, KeyRef } from '../model/key.ts'
import type { AccountLabel } from '../model/account-label.ts'
import type { News } from '../model/notification.ts'
import type { Pairing } from '../model/pairing.ts'
import type { Release } from '../model/release-record.ts'
import type { Site } from '../model/site.ts'

export type Change =
  | { readonly op: 'put-account'; readonly account: Account }
  /** Drops everything of the account except its journal lines. */
  | { readonly op: 'drop-account'; readonly id: string }
  | { readonly op: 'put-current'; readonly id: string | null }
  | { readonly op: 'put-label'; readonly label: AccountLabel }
  | { readonly op: 'put-key'; readonly key: KeyRecord }
  /** Drops the key's sites and grants as well. */
  | { readonly op: 'drop-key'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-intent'; readonly intent: Intent }
  | { readonly op: 'drop-intent'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-news'; readonly news: News }
  | { readonly op: 'drop-news'; readonly accountId: string; readonly id: string }
  /** Appends a line to the journal; the cache chains it to the last one (`nextLine`). */
  | { readonly op: 'note'; readonly entry: Entry }
  /** Appends a line as it is, from the journal of a backup. */
  | { readonly op: 'put-line'; readonly line: Line }
  /** Drops the oldest lines of the journal: all but the last `limit`. */
  | { readonly op: 'trim-journal'; readonly limit: number }
  | { readonly op: 'put-site'; readonly site: Site }
  | { readonly op: 'drop-site'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-pairing'; readonly pairing: Pairing }
  /** Drops the grants of its sites as well. */
  | { readonly op: 'drop-pairing'; readonly id: string }
  | { readonly op: 'put-grant'; readonly grant: LastingGrant }
  | { readonly op: 'drop-grant'; readonly accountId: string; readonly id: string }

/** The encrypted records on disk. */
export interface Cache {
  accounts(): Account[]
  current(): string | null
  /** The labels, for accounts that have one. */
  labels(): AccountLabel[]
  keys(accountId: string): KeyRecord[]
  /** One key by its id, in one read however many keys there are. */
  key(accountId: string, id: string): KeyRecord | null
  /** In the order in which they are applied. */
  intents(accountId: string): Intent[]
  /** Oldest first. */
  news(accountId: string): News[]
  /** Newest first, at most `limit` lines: those before the line `before`, about one key or about everything. */
  lines(wanted: { readonly limit: number; readonly before?: number; readonly key?: KeyRef }): Line[]
  /** In the order in which they were journaled. */
  releases(accountId: string): Release[]
  /** The last releases of a key, newest first, at most `limit`, without those for `verify`. Fast, however long the journal is. */
  lastReleases(accountId: string, keyId: string, limit: number): Release[]
  /** When each key of an account was last released for anything but `verify`, by the key's id: one read, however many keys there are. */
  lastUses(accountId: string): Map<string, number>
  sites(accountId: string): Site[]
  grants(accountId: string): LastingGrant[]
  /** Pairings belong to the whole vault: an extension serves every account. */
  pairings(): Pairing[]
  /** Applies all changes or none; they are on disk when it returns. @throws Refusal `disk-full` or `profile-corrupt` */
  commit(changes: readonly Change[]): void
  close(): void
}
