import type { MailPurpose } from '../../../shared/lists/accounts.ts'
import type { Credentials, Server } from '../model/account.ts'
import type { ServerKey } from '../model/key.ts'
import type { Secret } from '../secret.ts'

/** The key operations of one account, through the SDK. Every rejection is a Refusal. */
export interface KeyServer {
  register(email: string, password: Secret): Promise<void>
  /** Has the server mail a link, if it knows the address. Many servers do not disclose whether they do. */
  sendMail(email: string, purpose: MailPurpose): Promise<void>
  signIn(credentials: Credentials): Promise<{ userId: string }>
  link(email: string, password: Secret): Promise<void>
  /** The session's tokens are removed from this computer even if this rejects because the server could not be reached. */
  signOut(): Promise<void>
  deleteUser(): Promise<void>
  create(name: string): Promise<{ key: ServerKey; value: Secret }>
  /** Lists each key once. */
  fetchAll(): Promise<ServerKey[]>
  fetch(id: string): Promise<ServerKey>
  enable(id: string): Promise<void>
  disable(id: string): Promise<void>
  delete(id: string): Promise<void>
}

export interface KeyServers {
  /** Uses neither disk nor network. The same account always gets the same object. */
  of(account: { id: string; server: Server | null }): KeyServer
  /**
   * Logs in with a key's value in a session apart from the account's, and out again.
   * @returns the user; `keyId` if the server tells which key it was
   */
  tryValue(account: { id: string; server: Server | null }, value: Secret): Promise<{ userId: string; keyId: string | null }>
  /** Drops the sessions' tokens from memory. They are read from the keychain again when needed. */
  forget(): void
  /** Removes the files of all other accounts, which failed sign-ins have left. */
  retain(accountIds: readonly string[]): void
}
