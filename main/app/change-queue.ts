/** What a window has to read again: the accounts with the state of the app, or the key list. */
export type Change = 'accounts' | 'keys'

/**
 * Collects what changed in the vault, and reports it together after the current turn of the event loop: the window that made a call gets
 * its answer before the event about the same change.
 */
export class ChangeQueue {
  readonly #changes = new Set<Change>()
  readonly #listeners: ((changes: ReadonlySet<Change>) => void)[] = []

  add(change: Change): void {
    if (this.#changes.size === 0) setImmediate(() => this.#flush())
    this.#changes.add(change)
  }

  onFlush(listener: (changes: ReadonlySet<Change>) => void): void {
    this.#listeners.push(listener)
  }

  #flush(): void {
    const changes = new Set(this.#changes)
    this.#changes.clear()
    for (const listener of this.#listeners) listener(changes)
  }
}
