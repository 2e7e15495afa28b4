import { items, readListItem, removeItem, writeItem } from '../../vault/keychain/items.ts'
import type { Keychain } from '../../vault/ports/keychain.ts'
import type { Secret } from '../../vault/secret.ts'
import type { TokenKind } from './token-stand-in.ts'

/**
 * The real tokens of each account. The refresh token is stored in the keychain. The access token is valid for half an hour, or five minutes
 * after a login with a key, and kept in memory only: after a restart the SDK fetches a new one when a call needs it.
 */
export class Tokens {
  readonly #keychain: Keychain
  readonly #access = new Map<string, Secret>()
  readonly #refresh = new Map<string, Secret>()
  readonly #inMemoryOnly = new Set<string>()

  constructor(keychain: Keychain) {
    this.#keychain = keychain
  }

  /** For sessions that end before the program does: none of their tokens is stored in the keychain. */
  keepInMemory(accountId: string): void {
    this.#inMemoryOnly.add(accountId)
  }

  /** @throws Refusal `keychain-…`; a session whose token cannot be stored must not begin */
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
    // An item of another program is not a token: the session counts as ended, and the next sign-in overwrites the item.
    if (stored === null || stored === 'unreadable') return null
    this.#refresh.set(accountId, stored)
    return stored
  }

  async end(accountId: string): Promise<void> {
    this.#access.delete(accountId)
    this.#refresh.delete(accountId)
    if (!this.#inMemoryOnly.has(accountId)) await removeItem(this.#keychain, items.session(accountId))
  }

  /** Drops the tokens in memory; the keychain keeps its own. */
  clear(): void {
    this.#access.clear()
    this.#refresh.clear()
  }
}
