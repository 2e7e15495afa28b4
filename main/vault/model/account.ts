import { randomBytes } from 'node:crypto'
import type { AccountLabel } from './account-label.ts'
import type { AccountKind, Colour, SignInMethod } from '../../../shared/lists/accounts.ts'
import type { RefusalCode } from '../refusal.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'

/** Where an account's app is served: the base URL, with its path and without a trailing slash, and the App Services app id. */
export interface Server {
  readonly url: string
  readonly appId: string
}

export type Credentials =
  | { readonly method: 'email'; readonly email: string; readonly password: Secret }
  | { readonly method: 'api-key'; readonly value: Secret }
  | { readonly method: 'custom-token'; readonly token: Secret }
  | { readonly method: 'anonymous' }

/** One user on one server. The vault on this computer and the stored values are accounts too; their server is null. */
export interface Account {
  readonly id: string
  readonly server: Server | null
  readonly method: SignInMethod
  readonly email: string | null
  readonly userId: string
  readonly signedIn: boolean
  readonly syncedAt: number | null
  /** Why the last attempt to reach the server failed, when that was, and since when every attempt has failed. */
  readonly trouble: { readonly code: RefusalCode; readonly at: number; readonly since: number } | null
}

export interface AccountSummary {
  readonly id: string
  readonly kind: AccountKind
  readonly server: Server | null
  readonly method: SignInMethod
  readonly email: string | null
  readonly userId: string
  readonly signedIn: boolean
  readonly managesKeys: boolean
  readonly label: string | null
  readonly colour: Colour | null
}

export function newAccountId(): string {
  return randomBytes(8).toString('hex')
}

/**
 * Anonymous and key-authenticated sessions may not manage keys. That is the service's rule, checked here before a request. Stored values
 * have no service.
 */
export function managesKeys(account: Account): boolean {
  return account.method !== 'anonymous' && account.method !== 'api-key' && account.method !== 'values'
}

/** @throws Refusal `not-allowed-anonymous`, `not-allowed-key-session`, `not-allowed-values` or `signed-out` if this account cannot manage keys now. */
export function requireKeyManager(account: Account): Account {
  if (account.method === 'anonymous') throw new Refusal('not-allowed-anonymous')
  if (account.method === 'api-key') throw new Refusal('not-allowed-key-session')
  if (account.method === 'values') throw new Refusal('not-allowed-values')
  if (!account.signedIn) throw new Refusal('signed-out')
  return account
}

export function summariseAccount(account: Account, { label, colour }: Pick<AccountLabel, 'label' | 'colour'>): AccountSummary {
  const { id, server, method, email, userId, signedIn } = account
  return {
    id,
    kind: method === 'local' || method === 'values' ? method : 'server',
    server: server && { url: server.url, appId: server.appId },
    method,
    email,
    userId,
    signedIn,
    managesKeys: managesKeys(account),
    label,
    colour,
  }
}
