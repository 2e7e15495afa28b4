import type { Account } from './account.ts'
import { signInLocal } from './local.ts'
import type { Cache, Clock, Keychain, KeyServer, KeyServers } from './ports.ts'
import { codeOf, Refusal } from './refusal.ts'
import type { RootKey } from './seal.ts'
import type { Turns } from './turns.ts'

/** An open vault: what every operation works on. */
export interface Opened {
  readonly cache: Cache
  readonly root: RootKey
  readonly keychain: Keychain
  readonly servers: KeyServers
  readonly clock: Clock
  /** Says that accounts or keys changed. It announces; it does not steer. */
  readonly announce: (what: 'accounts' | 'keys') => void
  readonly turns: Turns
  /** When each account's list last came from the server, where that is newer than the cache has it. */
  readonly syncedAt: Map<string, number>
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
  try {
    return await request(server)
  } catch (error) {
    if (codeOf(error) !== 'session-ended') throw error
    if (account.server === null) {
      await signInLocal(opened, server)
      return request(server)
    }
    opened.cache.commit([{ op: 'put-account', account: { ...accountOf(opened, account.id), signedIn: false } }])
    opened.announce('accounts')
    throw error
  }
}
