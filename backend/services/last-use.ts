const everyMs = 30_000

/** Notes when keys were used, in memory, and gives them away every 30 seconds: a check of a key writes nothing. */
export class LastUse {
  #times = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param now milliseconds since 1970, UTC
   * @param save stores the times by the keys' ids, after it has returned
   */
  constructor(
    readonly now: () => number,
    readonly save: (times: ReadonlyMap<string, number>) => void,
  ) {}

  note(keyId: string): void {
    this.#times.set(keyId, this.now())
    this.#timer ??= setTimeout(() => this.flush(), everyMs).unref()
  }

  /** Saves what was noted, now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#times.size === 0) return
    this.save(this.#times)
    this.#times = new Map()
  }
}
