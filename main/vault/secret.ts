import { createHash, timingSafeEqual } from 'node:crypto'

const inspect = Symbol.for('nodejs.util.inspect.custom')

/**
 * A value that must not be seen by accident. Logged, serialised, templated or cloned it yields nothing; `expose()` is the only way to its
 * text, and a test counts its callers. JavaScript cannot wipe a string, so copies are kept few.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  expose(): string {
    return this.#text
  }

  /**
   * The last four characters, which our own windows show to distinguish keys; null if they would be more than an eighth of the value, or if
   * it has several lines, because files such as private keys all end alike.
   */
  lastFour(): string | null {
    return this.#text.length >= 32 && !/[\r\n]/.test(this.#text) ? this.#text.slice(-4) : null
  }

  /** Compares digests, so that the time taken reveals neither the length nor the first difference. */
  equals(other: Secret): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(this.#text), digest(other.#text))
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect](): string {
    return '[secret]'
  }
}
