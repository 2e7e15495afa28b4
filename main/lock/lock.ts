import { withDeadline } from '../../shared/deadline.ts'
import { everyStep } from '../../shared/every-step.ts'

export interface LockParts {
  /**
   * Closes the vault: when it returns, nothing leaves the vault any more, and every pending request was refused.
   * @returns when nothing needs the vault's keys any more, usually at once
   */
  readonly close: () => Promise<unknown>
  /** Whether the vault is open. It may be opened again before the lock has finished. */
  readonly isOpen: () => boolean
  /** Replaces the pages' processes by new ones, which show that the vault is locked. */
  readonly hide: () => void
  /** Ends this process, and starts a new one in its place. */
  readonly renew: () => void
  readonly report: (error: unknown) => void
}

/** How long a lock waits for its steps before it hides the page, in milliseconds: most locks are faster, and show no flicker. */
const hideDelayMs = 100
/** How long closing may delay the end of this process, in milliseconds: a server may answer late, a clipboard never. */
const closeTimeoutMs = 90_000

/**
 * Locks by ending this process. JavaScript cannot wipe strings, nor can the libraries that keys and names passed through: after a lock that
 * only dropped them, they were found in the process's memory. Only the end of the process removes them.
 */
export class Lock {
  readonly #parts: LockParts
  #hasSecrets = false
  #ending: symbol | null = null
  /** Never rejects: a failure to close must not stop this lock, or a later one, from ending the process. */
  #closed: Promise<void> = Promise.resolve()
  /** All openings since the last lock. */
  #opening: Promise<unknown> | null = null

  constructor(parts: LockParts) {
    this.#parts = parts
  }

  /**
   * Notes that the vault is being opened, so that secrets may be in this process from now on.
   * @param opening settles when the vault is open or stays closed
   */
  trackOpening<T>(opening: Promise<T>): Promise<T> {
    this.#hasSecrets = true
    this.#opening = Promise.allSettled([this.#opening, opening]).then(() => undefined)
    return opening
  }

  /** Locks. Idempotent. A process that never had secrets is not ended. */
  now(): void {
    const { close, report } = this.#parts
    const closing = everyStep([close], report)
    this.#closed = everyStep([() => this.#closed, () => closing], report)
    this.#opening = null // the vault is locked, so openings in progress open nothing
    if (this.#hasSecrets) void this.#end((this.#ending = Symbol('a lock')))
  }

  /** The app is quitting: a pending lock must not start a new process. */
  stop(): void {
    this.#hasSecrets = false
    this.#ending = null
  }

  /** Ends the process unless the vault was opened again meanwhile. Unlocking that failed does not keep the process. */
  async #end(ending: symbol): Promise<void> {
    const { hide, renew, isOpen, report } = this.#parts
    const late = setTimeout(() => void everyStep([hide], report), hideDelayMs)
    await withDeadline(this.#closed, closeTimeoutMs, () => report(new Error('what was to be closed did not come to its end')))
    clearTimeout(late)
    for (let seen: Promise<unknown> | null = null; seen !== this.#opening;) await (seen = this.#opening)
    if (this.#ending !== ending) return
    if (isOpen()) this.#ending = null
    else await everyStep([renew], report)
  }
}
