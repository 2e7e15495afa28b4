import { randomBytes } from 'node:crypto'
import { Refusal } from '../vault/refusal.ts'

/** Milliseconds that what was chosen is kept for. */
const keptFor = 15 * 60 * 1000

/**
 * What a person has chosen and not yet used, by names that only the window was told: so that it is never the window that says which file
 * is meant. Forgotten after a while, and at a lock.
 */
export class Tickets<T> {
  readonly #held = new Map<string, { readonly what: T; readonly until: number }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** One at a time: a person who chooses again has changed their mind. */
  hold(what: T): string {
    this.clear()
    const ticket = randomBytes(8).toString('hex')
    this.#held.set(ticket, { what, until: this.#clock() + keptFor })
    return ticket
  }

  /** It is still held afterwards: a passphrase may be mistyped. @throws Refusal `choice-expired` */
  of(ticket: string): T {
    const held = this.#held.get(ticket)
    if (held === undefined || this.#clock() > held.until) {
      this.#held.delete(ticket)
      throw new Refusal('choice-expired')
    }
    return held.what
  }

  drop(ticket: string): void {
    this.#held.delete(ticket)
  }

  clear(): void {
    this.#held.clear()
  }
}
