export interface IdleParts {
  /** Whether there is anything to lock. */
  readonly isOpen: () => boolean
  /** Idle minutes before the lock; null for never. */
  readonly minutes: () => number | null
  /** Milliseconds since the last key press or pointer movement in any program; null if the system does not report it. */
  readonly systemIdle: () => Promise<number | null>
  readonly lock: () => void
  /** Milliseconds since 1970, by the computer's clock, which can be set. */
  readonly clock: () => number
  /** A monotonic clock in milliseconds, which stops while the computer sleeps. */
  readonly elapsed: () => number
}

interface Moment {
  readonly clock: number
  readonly elapsed: number
}

/**
 * Locks after a time without input. It uses two clocks, because one stops while the computer sleeps and the other can be set, and locks as
 * soon as either says that the time is over.
 */
export class IdleLock {
  readonly #parts: IdleParts
  #lastInput: Moment

  constructor(parts: IdleParts) {
    this.#parts = parts
    this.#lastInput = this.#now(0)
  }

  /** To be called on input in one of our own windows. */
  active(): void {
    this.#lastInput = this.#now(0)
  }

  /** Checks whether to lock. To be called every few seconds, and when the computer wakes up. */
  async tick(): Promise<void> {
    const { isOpen, lock, systemIdle } = this.#parts
    if (!isOpen()) return this.active()
    // Check before asking for the system's last input: after a night asleep, the key that woke the computer would count as activity.
    if (this.#isTimeOver()) return lock()
    const idle = await systemIdle()
    const seen = idle === null ? null : this.#now(-idle)
    if (seen !== null && seen.elapsed > this.#lastInput.elapsed) this.#lastInput = seen
    if (isOpen() && this.#isTimeOver()) lock()
  }

  #isTimeOver(): boolean {
    const minutes = this.#parts.minutes()
    if (minutes === null) return false
    const now = this.#now(0)
    return Math.max(now.clock - this.#lastInput.clock, now.elapsed - this.#lastInput.elapsed) >= minutes * 60_000
  }

  #now(since: number): Moment {
    return { clock: this.#parts.clock() + since, elapsed: this.#parts.elapsed() + since }
  }
}
