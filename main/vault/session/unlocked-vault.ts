import type { SerialQueues } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import type { Contact } from '../sync/connectivity.ts'
import type { JournalAnchor } from '../journal/journal-anchor.ts'
import type { TemporaryGrants } from '../release/temporary-grants.ts'
import type { Cache } from '../ports/cache.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { KeyServers } from '../ports/key-servers.ts'
import type { Approver } from '../ports/approver.ts'
import type { RegistrableDomain, Preferences, Clock } from '../ports/environment.ts'
import { type RefusalCode, Refusal } from '../refusal.ts'
import type { RootKey } from './root-key.ts'
import type { ValueIndexes } from '../keychain/value-indexes.ts'
import type { KeychainTrouble } from '../keychain/watched-keychain.ts'

/** An unlocked vault, on which every operation works. */
export interface UnlockedVault {
  readonly cache: Cache
  readonly root: RootKey
  readonly keychain: Keychain
  /** The indexes of the values that each account has in the keychain. */
  readonly valueIndexes: ValueIndexes
  /** Null for a read-only vault, whose journal is temporary. */
  readonly anchor: JournalAnchor | null
  readonly servers: KeyServers
  /** Asks the person before a site or a program gets a value. */
  readonly approver: Approver
  readonly registrableDomain: RegistrableDomain
  readonly preferences: () => Preferences
  readonly clock: Clock
  /** Monotonic milliseconds of this process. */
  readonly elapsed: () => number
  /** Whether this computer has a network connection at all. */
  readonly online: () => boolean
  /**
   * Announces that accounts or keys changed. It has no other effect.
   * @param accountId the account whose keys changed; left out if those of any account may have
   */
  readonly announce: (what: 'accounts' | 'keys', accountId?: string) => void
  /** One queue for each account id, or for each item that operations write. */
  readonly queues: SerialQueues
  /**
   * Creations in progress, whose values are stored nowhere yet. A lock refuses everything else at once, and closes cache and keychain when
   * these have ended.
   */
  readonly creations: Set<Promise<unknown>>
  /** When each account's list last came from the server, if that is newer than the time in the cache. */
  readonly syncedAt: Map<string, number>
  readonly contact: Map<string, Contact>
  /** When the time of each key in the trash was last counted, in `elapsed` milliseconds, by the item of its value. */
  readonly countedAt: Map<string, number>
  /** The approvals that end with the lock at the latest. */
  readonly temporaryGrants: TemporaryGrants
  /** The ids of the sign-ins in progress in this process. */
  readonly signingIn: Set<string>
  /** The servers that a person confirmed since the vault was opened, as `serverText`. */
  readonly confirmedServers: Set<string>
  /** False after a lock, also while a creation in progress keeps the cache open: no value may leave the vault then. */
  readonly isOpen: () => boolean
  readonly keychainTrouble: KeychainTrouble
  /** Why nothing may be changed; null for a vault whose own cache is open. */
  readonly readOnly: RefusalCode | null
}

/** @throws Refusal `account-not-found` */
export function accountOf(vault: UnlockedVault, id: string): Account {
  const account = vault.cache.accounts().find((candidate) => candidate.id === id)
  if (account === undefined) throw new Refusal('account-not-found')
  return account
}
