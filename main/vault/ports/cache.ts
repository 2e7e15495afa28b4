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
  /** Takes everything of the account with it but what the journal says of it. */
  | { readonly op: 'drop-account'; readonly id: string }
  | { readonly op: 'put-current'; readonly id: string | null }
  | { readonly op: 'put-mark'; readonly mark: AccountLabel }
  | { readonly op: 'put-key'; readonly key: KeyRecord }
  /** Takes the key's sites and grants with it. */
  | { readonly op: 'drop-key'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-intent'; readonly intent: Intent }
  | { readonly op: 'drop-intent'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-news'; readonly news: News }
  | { readonly op: 'drop-news'; readonly accountId: string; readonly id: string }
  /** Ends the journal with a line: the cache chains it to the one before (`nextLine`). */
  | { readonly op: 'note'; readonly entry: Entry }
  /** Puts a line as it is, of a journal that comes from elsewhere: a backup. */
  | { readonly op: 'put-line'; readonly line: Line }
  /** Drops the journal's beginning: all but the `most` lines that were put last. */
  | { readonly op: 'trim-journal'; readonly limit: number }
  | { readonly op: 'put-site'; readonly site: Site }
  | { readonly op: 'drop-site'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-pairing'; readonly pairing: Pairing }
  /** Takes the grants of its sites with it. */
  | { readonly op: 'drop-pairing'; readonly id: string }
  | { readonly op: 'put-grant'; readonly grant: LastingGrant }
  | { readonly op: 'drop-grant'; readonly accountId: string; readonly id: string }

/** The encrypted records on disk. */
export interface Cache {
  accounts(): Account[]
  current(): string | null
  /** Of the accounts that were given one. */
  marks(): AccountLabel[]
  keys(accountId: string): KeyRecord[]
  /** One key by its id: one read, however many keys there are. */
  key(accountId: string, id: string): KeyRecord | null
  /** In their order. */
  intents(accountId: string): Intent[]
  /** Oldest first. */
  news(accountId: string): News[]
  /** The newest first: at most so many, those before the line `before`, of one key or of everything. */
  lines(wanted: { readonly limit: number; readonly before?: number; readonly key?: KeyRef }): Line[]
  /** In the order they were put. */
  releases(accountId: string): Release[]
  /** A key's, the last that was put first, at most so many, without those for `verify`. Quick, however long the journal is. */
  lastReleases(accountId: string, keyId: string, limit: number): Release[]
  /** When each key of an account was last released for anything but `verify`, by the key's id: one read, however many keys there are. */
  lastUses(accountId: string): Map<string, number>
  sites(accountId: string): Site[]
  grants(accountId: string): LastingGrant[]
  /** Of the whole vault: an extension serves every account. */
  pairings(): Pairing[]
  /** All of the changes or none, on disk when it returns. @throws Refusal `disk-full` or `profile-corrupt` */
  commit(changes: readonly Change[]): void
  close(): void
}
