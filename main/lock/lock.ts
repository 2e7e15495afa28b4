import { withDeadline } from '../../shared/deadline.ts'
import { everyStep } from '../../shared/every-step.ts'

/** What locking is made of. */
export interface LockParts {
  /**
   * Nothing leaves the vault from now on, and whoever waits for an answer has been told.
   * @returns when nothing needs the vault's keys any more; mostly at once
   */
  readonly close: () => Promise<unknown>
  /** Whether the vault is open, as it may be again before what was locked has ended. */
  readonly isOpen: () => boolean
  /** The pages' processes end, and new ones show that it is locked. */
  readonly hide: () => void
  /** This process ends, and a new one takes its place. */
  readonly renew: () => void
  readonly report: (error: unknown) => void
}

/** How long the page may stay as it is while something under way ends, in milliseconds: a person sees no flicker in between. */
const patience = 100
/** How long what is being closed may keep this process, in milliseconds: a server may answer late, a clipboard never. */
const longest = 90_000

/**
 * Locking ends this process. JavaScript cannot wipe a string, and neither can the libraries that keys and names went through: after a
 * lock that only forgot them, a look into the process's memory found them. The end of a process does forget.
 */
export class Lock {
  readonly #parts: LockParts
  #used = false
  #ending: symbol | null = null
  /** Never rejects: what failed to close must not keep this process, nor any later lock, from its end. */
  #closed: Promise<void> = Promise.resolve()
  /** That began since the last lock. */
  #opening: Promise<unknown> | null = null

  constructor(parts: LockParts) {
    this.#parts = parts
  }

  /** The vault is being opened, and something secret may be in this process from now on. @param opening over when it is open, or stays closed */
  opens<T>(opening: Promise<T>): Promise<T> {
    this.#used = true
    this.#opening = Promise.allSettled([this.#opening, opening]).then(() => undefined)
    return opening
  }

  /** Locks. Often as one likes; a process that never had anything to forget stays. */
  now(): void {
    const { close, report } = this.#parts
    const closing = everyStep([close], report)
    this.#closed = everyStep([() => this.#closed, () => closing], report)
    this.#opening = null // the vault was told that it is locked: what was under way opens nothing
    if (this.#used) void this.#end((this.#ending = Symbol('a lock')))
  }

  /** The app ends, and must not come back. */
  stop(): void {
    this.#used = false
    this.#ending = null
  }

  /** What was opened again since stays. A passphrase that opened nothing must not keep what was locked in memory. */
  async #end(ending: symbol): Promise<void> {
    const { hide, renew, isOpen, report } = this.#parts
    const late = setTimeout(() => void everyStep([hide], report), patience)
    await withDeadline(this.#closed, longest, () => report(new Error('what was to be closed did not come to its end')))
    clearTimeout(late)
    for (let seen: Promise<unknown> | null = null; seen !== this.#opening;) await (seen = this.#opening)
    if (this.#ending !== ending) return
    if (isOpen()) this.#ending = null
    else await everyStep([renew], report)
  }
}
