import type { SerialQueues } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import type { Contact } from '../sync/connectivity.ts'
import type { JournalAnchor } from '../journal/journal-anchor.ts'
import type { TemporaryGrants } from '../release/temporary-grants.ts'
import type { Cache } from '../ports/cache.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { KeyServers } from '../ports/key-servers.ts'
import type { Approver } from '../ports/approver.ts'
import type { RegistrableDomain, Preferences, Clock } from '../ports/surroundings.ts'
import { type RefusalCode, Refusal } from '../refusal.ts'
import type { RootKey } from './root-key.ts'
import type { ValueIndexes } from '../keychain/value-indexes.ts'
import type { KeychainTrouble } from '../keychain/watched-keychain.ts'

/** An open vault: what every operation works on. */
export interface UnlockedVault {
  readonly cache: Cache
  readonly root: RootKey
  readonly keychain: Keychain
  /** Which values each account has in the keychain. */
  readonly valueIndexes: ValueIndexes
  /** Null for a vault that is read-only, whose journal is not the vault's own. */
  readonly anchor: JournalAnchor | null
  readonly servers: KeyServers
  /** Asks a person before a site or a program gets a value. */
  readonly approver: Approver
  readonly registrableDomain: RegistrableDomain
  readonly preferences: () => Preferences
  readonly clock: Clock
  /** Milliseconds that only go forward, while this process runs. */
  readonly elapsed: () => number
  /** Whether this computer has a network at all. */
  readonly online: () => boolean
  /** Says that accounts or keys changed. It announces; it does not steer. */
  readonly announce: (what: 'accounts' | 'keys') => void
  /** By what operations have in common: an account's id, or the item that they write. */
  readonly queues: SerialQueues
  /** Creations under way, whose values nothing holds yet: a lock takes effect at once, and closes what they need when they have ended. */
  readonly creations: Set<Promise<unknown>>
  /** When each account's list last came from the server, where that is newer than the cache has it. */
  readonly syncedAt: Map<string, number>
  readonly contact: Map<string, Contact>
  /** By the item of its value: when the time of each key in the trash was last counted, by `elapsed`. */
  readonly countedAt: Map<string, number>
  /** The answers that are remembered no longer than until the lock. */
  readonly temporaryGrants: TemporaryGrants
  /** The ids of the sign-ins that are under way in this process. */
  readonly signingIn: Set<string>
  /** The servers that a person confirmed since the vault was opened, as `serverText` has them. */
  readonly confirmedServers: Set<string>
  /** False from the lock on, also while a creation under way holds the cache open: nothing more may leave. */
  readonly isOpen: () => boolean
  readonly keychainTrouble: KeychainTrouble
  /** Why nothing may be changed; null for a vault whose own cache is open. */
  readonly readOnly: RefusalCode | null
}

/** @throws Refusal `account-not-found` */
export function accountOf(opened: UnlockedVault, id: string): Account {
  const account = opened.cache.accounts().find((one) => one.id === id)
  if (account === undefined) throw new Refusal('account-not-found')
  return account
}
