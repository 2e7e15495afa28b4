/** So many at once, and so many a second after that: what is asked beyond is refused, and costs next to nothing. */
export class TokenBucket {
  readonly #burst: number
  readonly #perSecond: number
  readonly #elapsed: () => number
  #tokens: number
  #refilledAt: number

  /** @param elapsed milliseconds of a clock that nobody sets */
  constructor({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }, elapsed: () => number) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#elapsed = elapsed
    this.#tokens = burst
    this.#refilledAt = elapsed()
  }

  take(): boolean {
    const now = this.#elapsed()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#refilledAt) / 1000) * this.#perSecond)
    this.#refilledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
