/** So many at once, and so many a second after that: what is asked beyond is refused, and costs next to nothing. */
export class TokenBucket {
  readonly #most: number
  readonly #perSecond: number
  readonly #elapsed: () => number
  #left: number
  #at: number

  /** @param elapsed milliseconds of a clock that nobody sets */
  constructor({ most, perSecond }: { readonly most: number; readonly perSecond: number }, elapsed: () => number) {
    this.#most = most
    this.#perSecond = perSecond
    this.#elapsed = elapsed
    this.#left = most
    this.#at = elapsed()
  }

  take(): boolean {
    const now = this.#elapsed()
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
