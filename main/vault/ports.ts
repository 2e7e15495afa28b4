/** What the vault asks of the world. Each port has a real adapter and an in-memory twin, and one suite of tests for both. */
import type { Account, Credentials, Server } from './account.ts'
import type { KeyRecord, ServerKey } from './key.ts'
import type { Secret } from './secret.ts'

/** Why the keychain did not do as asked. `absent` is a finding and not a failure: the keychain was read and has no such item. */
export type KeychainFailure = 'locked' | 'unavailable' | 'denied' | 'timeout' | 'library-missing'

/**
 * The OS keychain. Items are named by path-like strings of ASCII. Never rejects: every outcome is one of these, and a
 * write is only `ok` once it was read back and compared.
 */
export interface Keychain {
  read(item: string): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | KeychainFailure }>
  write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }>
  /** `ok` also when there was nothing to remove. */
  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }>
}

/** The key operations of one account, by way of the SDK. All reject with a Refusal and nothing else. */
export interface KeyServer {
  register(email: string, password: Secret): Promise<void>
  signIn(credentials: Credentials): Promise<{ userId: string }>
  link(email: string, password: Secret): Promise<void>
  /** The session's tokens are gone from this computer even when this rejects because the server could not be told. */
  signOut(): Promise<void>
  deleteUser(): Promise<void>
  create(name: string): Promise<{ key: ServerKey; value: Secret }>
  fetchAll(): Promise<ServerKey[]>
  fetch(id: string): Promise<ServerKey>
  enable(id: string): Promise<void>
  disable(id: string): Promise<void>
  delete(id: string): Promise<void>
}

export interface KeyServers {
  /** Touches neither disk nor network; the same account always gives the same one. */
  of(account: { id: string; server: Server | null }): KeyServer
  /**
   * Logs in with a key's value in a session of its own, apart from the account's, and out again.
   * @returns whose it is; `keyId` where the server tells which key it was
   */
  tryValue(account: { id: string; server: Server | null }, value: Secret): Promise<{ userId: string; keyId: string | null }>
  /** Drops the sessions' tokens from memory. What needs one reads it from the keychain again. */
  forget(): void
  /** Removes the files of accounts that never came to be: sign-ins that failed. */
  retain(accountIds: readonly string[]): void
}

/**
 * A change that is on disk before the server is asked for it, and until the server's answer is on disk. An account's intents are
 * made in their order, once the server can be asked.
 */
export type Intent = {
  readonly accountId: string
  readonly id: string
  /** Later ones have greater numbers. */
  readonly order: number
  readonly name: string
  readonly at: number
  /** The server was asked, and its answer is not known: it may have made the change. */
  readonly sent: boolean
} & (
  | { readonly kind: 'create'; readonly keyId: null; readonly wasEnabled: null }
  /** `wasEnabled`: the key as its person saw it when they asked. */
  | { readonly kind: 'enable' | 'disable' | 'delete'; readonly keyId: string; readonly wasEnabled: boolean }
)

/** A change of a key that there is. */
export type KeyIntent = Extract<Intent, { keyId: string }>

/** Something that happened unseen; kept until it is dismissed. The window's contract says what each kind means. */
export interface News {
  readonly accountId: string
  readonly id: string
  readonly what:
    | 'made'
    | 'enabled'
    | 'disabled'
    | 'gone'
    | 'back'
    | 'created'
    | 'not-created'
    | 'not-created-name-taken'
    | 'not-created-full'
    | 'not-created-refused'
    | 'not-changed-gone'
    | 'not-deleted-enabled'
    | 'cache-rebuilt'
  readonly keyId: string | null
  readonly name: string
  readonly at: number
}

/** One line of the journal: which value left the vault, when, for what. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly at: number
}
export type Purpose = 'reveal' | 'copy' | 'verify'

export type Change =
  | { readonly op: 'put-account'; readonly account: Account }
  /** Takes the account's keys, intents, news and journal with it. */
  | { readonly op: 'drop-account'; readonly id: string }
  | { readonly op: 'put-current'; readonly id: string | null }
  | { readonly op: 'put-key'; readonly key: KeyRecord }
  | { readonly op: 'drop-key'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-intent'; readonly intent: Intent }
  | { readonly op: 'drop-intent'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-news'; readonly news: News }
  | { readonly op: 'drop-news'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-release'; readonly release: Release }

/** The encrypted records on disk. */
export interface Cache {
  accounts(): Account[]
  current(): string | null
  keys(accountId: string): KeyRecord[]
  /** In their order. */
  intents(accountId: string): Intent[]
  /** Oldest first. */
  news(accountId: string): News[]
  releases(accountId: string): Release[]
  /** All of the changes or none, on disk when it returns. @throws Refusal `disk-full` or `profile-corrupt` */
  commit(changes: readonly Change[]): void
  close(): void
}

/** Milliseconds since 1970. */
export type Clock = () => number
