import type { Credentials, Server } from '../model/account.ts'
import type { ServerKey } from '../model/key.ts'
import type { Secret } from '../secret.ts'

/** What a mailed link is for: to confirm the address, or to choose a new password. */
export type MailPurpose = 'confirm' | 'reset'

/** The key operations of one account, by way of the SDK. All reject with a Refusal and nothing else. */
export interface KeyServer {
  register(email: string, password: Secret): Promise<void>
  /** Has a mail with a link sent, if the server knows the address; many servers do not say whether they do. */
  sendMail(email: string, purpose: MailPurpose): Promise<void>
  signIn(credentials: Credentials): Promise<{ userId: string }>
  link(email: string, password: Secret): Promise<void>
  /** The session's tokens are gone from this computer even when this rejects because the server could not be told. */
  signOut(): Promise<void>
  deleteUser(): Promise<void>
  create(name: string): Promise<{ key: ServerKey; value: Secret }>
  /** Each key once. */
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
