import { Refusal } from '../../vault/refusal.ts'

/** As many pairings may be begun in so many milliseconds without being confirmed, by all programs together. */
const maxUnconfirmed = 5
const windowMs = 10 * 60_000

/** One that was begun. It counts as an attempt until it is confirmed. */
export interface PairingAttempt {
  /** How many others were begun lately and not confirmed: told to the person who compares the codes. */
  others(): number
  confirmed(): void
}

/**
 * Each pairing that is begun is one try at a code that a person may be looking at elsewhere: also one that is broken off before its code
 * is shown. All programs share one limit, because a program can call itself a new one as often as it likes. So a program can keep others
 * from pairing for a while, which a person is told; what it cannot do is try codes.
 */
export class PairingAttempts {
  readonly #elapsed: () => number
  #attempts: readonly { readonly at: number }[] = []

  /** @param elapsed milliseconds of a clock that nobody sets */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  /** @throws Refusal `pairing-attempts` */
  begin(): PairingAttempt {
    if (this.#recent().length >= maxUnconfirmed) throw new Refusal('pairing-attempts')
    const mine = { at: this.#elapsed() }
    this.#attempts = [...this.#attempts, mine]
    return {
      others: () => this.#recent().filter((one) => one !== mine).length,
      confirmed: () => {
        this.#attempts = this.#attempts.filter((one) => one !== mine)
      },
    }
  }

  #recent(): readonly { readonly at: number }[] {
    const since = this.#elapsed() - windowMs
    this.#attempts = this.#attempts.filter(({ at }) => at > since)
    return this.#attempts
  }
}
