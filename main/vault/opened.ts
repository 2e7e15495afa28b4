import type { SerialQueues } from '../../shared/serial-queue.ts'
import type { Account } from './account.ts'
import { type Contact, contactAfter } from './contact.ts'
import { fileAccount } from './directory.ts'
import { signInLocal } from './local.ts'
import type { JournalAnchor } from './journal-anchor.ts'
import type { PassingGrants } from './passing-grants.ts'
import type { Approver, Cache, Clock, Keychain, KeyServer, KeyServers, Preferences, RegistrableDomain } from './ports.ts'
import { codeOf, Refusal, type RefusalCode } from './refusal.ts'
import type { RootKey } from './seal.ts'
import type { ValueIndexes } from './value-indexes.ts'
import type { KeychainTrouble } from './watched-keychain.ts'

/** An open vault: what every operation works on. */
export interface Opened {
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
  readonly passing: PassingGrants
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
export function accountOf(opened: Opened, id: string): Account {
  const account = opened.cache.accounts().find((one) => one.id === id)
  if (account === undefined) throw new Refusal('account-not-found')
  return account
}

/**
 * Asks an account's server. When the server says the session is dead, the vault on this computer signs in again with the
 * password it keeps; any other account is marked signed out, for its person to sign in.
 */
export async function ask<T>(opened: Opened, account: Account, request: (server: KeyServer) => Promise<T>): Promise<T> {
  const server = opened.servers.of(account)
  const asked = (): Promise<T> => noting(opened, account, () => request(server))
  try {
    return await asked()
  } catch (error) {
    if (codeOf(error) !== 'session-ended') throw error
    if (account.method === 'local' && opened.readOnly === null) {
      const { userId } = await signInLocal(opened, account.id, server)
      if (userId !== account.userId) await becomeUser(opened, account.id, userId)
      return asked()
    }
    opened.cache.commit([{ op: 'put-account', account: { ...accountOf(opened, account.id), signedIn: false } }])
    opened.announce('accounts')
    throw error
  }
}

/** The embedded backend has lost its data, and knows this computer's vault as another user from now on. */
async function becomeUser(opened: Opened, accountId: string, userId: string): Promise<void> {
  const account = { ...accountOf(opened, accountId), userId }
  await fileAccount(opened, account)
  opened.cache.commit([{ op: 'put-account', account }])
}

async function noting<T>(opened: Opened, account: Account, request: () => Promise<T>): Promise<T> {
  try {
    const answer = await request()
    opened.contact.set(account.id, 'reached')
    return answer
  } catch (error) {
    const contact = contactAfter(error)
    if (contact !== null) opened.contact.set(account.id, contact)
    throw error
  }
}

/** Writes down why the server could not be asked; `since` is kept from the first of the failures in a row. */
export function noteTrouble(opened: Opened, accountId: string, code: RefusalCode): void {
  const account = accountOf(opened, accountId)
  const at = opened.clock()
  const trouble = { code, at, since: account.trouble?.since ?? at }
  opened.cache.commit([{ op: 'put-account', account: { ...account, trouble } }])
  opened.announce('keys')
}
