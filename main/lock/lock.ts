/** What locking is made of. */
export interface LockParts {
  /**
   * Nothing leaves the vault from now on, and whoever waits for an answer has been told.
   * @returns when nothing needs the vault's keys any more; mostly at once. It rejects never
   */
  readonly close: () => Promise<unknown>
  /** The pages' processes end, and new ones show that it is locked. */
  readonly hide: () => void
  /** This process ends, and a new one takes its place. */
  readonly renew: () => void
}

/** How long the page may stay as it is while something under way ends, in milliseconds: a person sees no flicker in between. */
const patience = 100

/**
 * Locking ends this process. JavaScript cannot wipe a string, and neither can the libraries that keys and names went through: after a
 * lock that only forgot them, a look into the process's memory found them. The end of a process does forget.
 */
export class Lock {
  readonly #parts: LockParts
  #used = false
  #ending: symbol | null = null

  constructor(parts: LockParts) {
    this.#parts = parts
  }

  /** Something secret may be in this process from now on. A lock that waits for its end waits no more: it was unlocked again. */
  use(): void {
    this.#used = true
    this.#ending = null
  }

  /** Locks. Often as one likes; a process that never had anything to forget stays. */
  now(): void {
    const closed = this.#parts.close()
    if (!this.#used || this.#ending !== null) return
    const ending = (this.#ending = Symbol('a lock'))
    const late = setTimeout(this.#parts.hide, patience)
    void closed.then(() => {
      clearTimeout(late)
      if (this.#ending === ending) this.#parts.renew()
    })
  }

  /** The app ends, and must not come back. */
  stop(): void {
    this.#used = false
    this.#ending = null
  }
}
