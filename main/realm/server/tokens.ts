import { items, readListItem, removeItem, writeItem } from '../../vault/keychain/items.ts'
import type { Keychain } from '../../vault/ports/keychain.ts'
import type { Secret } from '../../vault/secret.ts'
import type { TokenKind } from './token-stand-in.ts'

/**
 * The real tokens of each account. The refresh token rests in the keychain; the access token lives half an hour and is
 * kept in memory only. After a restart there is none, and the SDK gets a new one by itself when a call needs it.
 */
export class Tokens {
  readonly #keychain: Keychain
  readonly #access = new Map<string, Secret>()
  readonly #refresh = new Map<string, Secret>()
  readonly #inMemoryOnly = new Set<string>()

  constructor(keychain: Keychain) {
    this.#keychain = keychain
  }

  /** For sessions that end before the program does: nothing of them ever is in the keychain. */
  keepInMemory(accountId: string): void {
    this.#inMemoryOnly.add(accountId)
  }

  /** @throws Refusal `keychain-…`: a session whose token cannot be kept must not begin */
  async begin(accountId: string, refresh: Secret, access: Secret): Promise<void> {
    if (!this.#inMemoryOnly.has(accountId)) await writeItem(this.#keychain, items.session(accountId), refresh)
    this.#refresh.set(accountId, refresh)
    this.#access.set(accountId, access)
  }

  renew(accountId: string, access: Secret): void {
    this.#access.set(accountId, access)
  }

  /** @returns null if the account has no such token */
  async realToken(accountId: string, kind: TokenKind): Promise<Secret | null> {
    if (kind === 'access') return this.#access.get(accountId) ?? null
    const cached = this.#refresh.get(accountId) ?? null
    if (cached !== null || this.#inMemoryOnly.has(accountId)) return cached
    const stored = await readListItem(this.#keychain, items.session(accountId))
    // With what another program put in its place no server can be asked: the session has ended, and the next sign-in writes over it.
    if (stored === null || stored === 'unreadable') return null
    this.#refresh.set(accountId, stored)
    return stored
  }

  async end(accountId: string): Promise<void> {
    this.#access.delete(accountId)
    this.#refresh.delete(accountId)
    if (!this.#inMemoryOnly.has(accountId)) await removeItem(this.#keychain, items.session(accountId))
  }

  /** Drops what memory holds; the keychain keeps its own. */
  clear(): void {
    this.#access.clear()
    this.#refresh.clear()
  }
}
