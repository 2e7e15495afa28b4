export interface IdleParts {
  /** Whether there is anything to lock. */
  readonly isOpen: () => boolean
  /** How long nobody need be there before it locks; null for ever. */
  readonly minutes: () => number | null
  /** For how long nobody has moved a key or a pointer anywhere, in milliseconds; null where the system does not tell. */
  readonly systemIdle: () => Promise<number | null>
  readonly lock: () => void
  /** Milliseconds since 1970, by the computer's clock. */
  readonly clock: () => number
  /** Milliseconds that only go forward, and not while the computer sleeps. */
  readonly elapsed: () => number
}

interface Moment {
  readonly clock: number
  readonly elapsed: number
}

/**
 * Locks when nobody has been there for a while. By two clocks: the one stands still while the computer sleeps, and the other can be set.
 * Whichever says that the time is over is believed.
 */
export class IdleLock {
  readonly #parts: IdleParts
  #seen: Moment

  constructor(parts: IdleParts) {
    this.#parts = parts
    this.#seen = this.#now(0)
  }

  /** Somebody uses one of our own windows. */
  active(): void {
    this.#seen = this.#now(0)
  }

  /** Looks whether it is time. To be called every few seconds, and when the computer wakes up. */
  async tick(): Promise<void> {
    const { isOpen, lock, systemIdle } = this.#parts
    if (!isOpen()) return this.active()
    // Before it is asked who is there now: the key that woke the computer was pressed after the night.
    if (this.#isOver()) return lock()
    const idle = await systemIdle()
    const seen = idle === null ? null : this.#now(-idle)
    if (seen !== null && seen.elapsed > this.#seen.elapsed) this.#seen = seen
    if (isOpen() && this.#isOver()) lock()
  }

  #isOver(): boolean {
    const minutes = this.#parts.minutes()
    if (minutes === null) return false
    const now = this.#now(0)
    return Math.max(now.clock - this.#seen.clock, now.elapsed - this.#seen.elapsed) >= minutes * 60_000
  }

  #now(since: number): Moment {
    return { clock: this.#parts.clock() + since, elapsed: this.#parts.elapsed() + since }
  }
}
