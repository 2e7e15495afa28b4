import { randomBytes } from 'node:crypto'
import { Refusal } from '../vault/refusal.ts'

const ticketTtlMs = 15 * 60 * 1000

/**
 * Keeps what a person has chosen in a dialog under a random ticket. The window gets the ticket, so that a page can never name a file.
 * Tickets expire, and a lock clears them.
 */
export class Tickets<T> {
  readonly #held = new Map<string, { readonly what: T; readonly until: number }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Issues a ticket, and revokes the one before: a person who chooses again has changed their mind. */
  issue(what: T): string {
    this.clear()
    const ticket = randomBytes(8).toString('hex')
    this.#held.set(ticket, { what, until: this.#clock() + ticketTtlMs })
    return ticket
  }

  /** The ticket stays valid, because a passphrase may be mistyped. @throws Refusal `choice-expired` */
  get(ticket: string): T {
    const held = this.#held.get(ticket)
    if (held === undefined || this.#clock() > held.until) {
      this.#held.delete(ticket)
      throw new Refusal('choice-expired')
    }
    return held.what
  }

  revoke(ticket: string): void {
    this.#held.delete(ticket)
  }

  clear(): void {
    this.#held.clear()
  }
}
