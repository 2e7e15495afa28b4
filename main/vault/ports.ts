/** What the vault asks of the world. Each port has a real adapter and an in-memory twin, and one suite of tests for both. */
import type { Account, Credentials, Server } from './account.ts'
import type { KeyRecord, ServerKey } from './key.ts'
import type { Secret } from './secret.ts'

/** Why the keychain did not do as asked. `absent` is a finding and not a failure: the keychain was read and has no such item. */
export type KeychainFailure = 'locked' | 'unavailable' | 'denied' | 'timeout'

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
  /** Removes the files of accounts that never came to be: sign-ins that failed. */
  retain(accountIds: readonly string[]): void
}

/** A creation that was begun and whose end is not known: written before the server is asked, dropped with the answer. */
export interface Intent {
  readonly accountId: string
  readonly name: string
  readonly startedAt: number
}

/** One line of the journal: which value left the vault, when, for what. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly at: number
}
export type Purpose = 'reveal' | 'copy'

export type Change =
  | { readonly op: 'put-account'; readonly account: Account }
  /** Takes the account's keys, intents and journal with it. */
  | { readonly op: 'drop-account'; readonly id: string }
  | { readonly op: 'put-current'; readonly id: string | null }
  | { readonly op: 'put-key'; readonly key: KeyRecord }
  | { readonly op: 'drop-key'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-intent'; readonly intent: Intent }
  | { readonly op: 'drop-intent'; readonly accountId: string; readonly name: string }
  | { readonly op: 'put-release'; readonly release: Release }

/** The encrypted records on disk. */
export interface Cache {
  accounts(): Account[]
  current(): string | null
  keys(accountId: string): KeyRecord[]
  intents(accountId: string): Intent[]
  releases(accountId: string): Release[]
  /** All of the changes or none, on disk when it returns. @throws Refusal `disk-full` or `profile-corrupt` */
  commit(changes: readonly Change[]): void
  close(): void
}

/** Milliseconds since 1970. */
export type Clock = () => number
