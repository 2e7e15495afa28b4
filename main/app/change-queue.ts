/** What a window has to read again. */
export interface Changes {
  /** Whether the accounts changed, with the state of the app. */
  readonly accounts: boolean
  /** The accounts whose keys changed. */
  readonly keysOf: ReadonlySet<string> | 'all'
}

/**
 * Collects what changed in the vault, and reports it together after the current turn of the event loop: the window that made a call gets
 * its answer before the event about the same change.
 */
export class ChangeQueue {
  readonly #keysOf = new Set<string>()
  #accounts = false
  #allKeys = false
  #pending = false
  readonly #listeners: ((changes: Changes) => void)[] = []

  /** @param accountId the account whose keys changed; left out if those of any account may have, as after every change of accounts */
  add(what: 'accounts' | 'keys', accountId?: string): void {
    if (!this.#pending) setImmediate(() => this.#flush())
    this.#pending = true
    if (what === 'accounts') this.#accounts = true
    if (what === 'keys' && accountId !== undefined) this.#keysOf.add(accountId)
    else this.#allKeys = true
  }

  onFlush(listener: (changes: Changes) => void): void {
    this.#listeners.push(listener)
  }

  #flush(): void {
    const changes: Changes = { accounts: this.#accounts, keysOf: this.#allKeys ? 'all' : new Set(this.#keysOf) }
    this.#keysOf.clear()
    this.#accounts = this.#allKeys = this.#pending = false
    for (const listener of this.#listeners) listener(changes)
  }
}
