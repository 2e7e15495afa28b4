/** A token bucket: allows `burst` requests at once, and refills `perSecond` tokens each second. */
export class TokenBucket {
  readonly #burst: number
  readonly #perSecond: number
  readonly #elapsed: () => number
  #tokens: number
  #refilledAt: number

  /** @param elapsed a monotonic clock in milliseconds */
  constructor({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }, elapsed: () => number) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#elapsed = elapsed
    this.#tokens = burst
    this.#refilledAt = elapsed()
  }

  /** @returns false if no token is left, and the request is to be refused */
  take(): boolean {
    const now = this.#elapsed()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#refilledAt) / 1000) * this.#perSecond)
    this.#refilledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
