import { Refusal } from '../../vault/refusal.ts'

/** All programs together may begin so many unconfirmed pairings in so many milliseconds. */
const maxUnconfirmed = 5
const windowMs = 10 * 60_000

/** A pairing that was begun. It counts as an attempt until it is confirmed. */
export interface PairingAttempt {
  /** How many others were begun recently and not confirmed. The person who compares the codes sees this number. */
  others(): number
  confirmed(): void
}

/**
 * Limits how often a program can guess the code that a person sees elsewhere: each pairing that is begun is a guess, even one that is
 * aborted before its code is shown. All programs share one limit, because a program can pretend to be a new one as often as it likes. So a
 * program can block pairing for a while, which a person is told, but it cannot try many codes.
 */
export class PairingAttempts {
  readonly #elapsed: () => number
  #attempts: readonly { readonly at: number }[] = []

  /** @param elapsed a monotonic clock in milliseconds */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  /** @throws Refusal `pairing-attempts` */
  begin(): PairingAttempt {
    if (this.#recent().length >= maxUnconfirmed) throw new Refusal('pairing-attempts')
    const attempt = { at: this.#elapsed() }
    this.#attempts = [...this.#attempts, attempt]
    return {
      others: () => this.#recent().filter((one) => one !== attempt).length,
      confirmed: () => {
        this.#attempts = this.#attempts.filter((one) => one !== attempt)
      },
    }
  }

  #recent(): readonly { readonly at: number }[] {
    const since = this.#elapsed() - windowMs
    this.#attempts = this.#attempts.filter(({ at }) => at > since)
    return this.#attempts
  }
}
