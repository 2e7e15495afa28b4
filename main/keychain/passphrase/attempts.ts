import { readFileSync, rmSync } from 'node:fs'
import * as v from 'valibot'
import { writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { systemCode } from '../../../shared/system-error.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'

/** Wrong passphrases without a wait, to allow for typing errors. */
const freeAttempts = 3
/** Milliseconds to wait after the first wrong passphrase beyond those. Each further one doubles the wait, up to the maximum. */
const [firstWaitMs, maxWaitMs] = [1000, 5 * 60 * 1000]

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const schema = v.strictObject({ version: v.literal(1), wrong: v.pipe(count, v.maxValue(1_000_000)), at: count })

export interface AttemptsOptions {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Monotonic milliseconds since the process began. */
  readonly elapsed: () => number
}

/**
 * Slows down guessing in our own window, across restarts too: three attempts are free, then the wait is one second, two, four … up to five
 * minutes. Nothing is ever wiped, and the right passphrase resets it. Somebody who can read the files guesses elsewhere; only the
 * derivation slows that down.
 *
 * An attempt is on disk before it is checked, so that killing the app in between does not make it free.
 */
export class PassphraseAttempts {
  readonly #parts: AttemptsOptions
  #wrong: number
  /** When the last attempt was made, in `elapsed` milliseconds. */
  #since: number

  constructor(parts: AttemptsOptions) {
    this.#parts = parts
    const { clock, elapsed } = parts
    const stored = read(parts.path)
    // An unreadable file existed for a reason, so the free attempts count as used; a time in the future was written under another clock.
    const { wrong, at } = stored ?? { wrong: freeAttempts, at: clock() }
    this.#wrong = wrong
    this.#since = elapsed() - Math.min(Math.max(0, clock() - at), maxWaitMs)
  }

  /** Wrong attempts since the last right one. */
  get wrong(): number {
    return this.#wrong
  }

  /** When the next attempt may be made, in milliseconds since 1970; null if now. */
  get nextAt(): number | null {
    const waitMs = this.#since + waitAfter(this.#wrong) - this.#parts.elapsed()
    return waitMs > 0 ? Math.ceil(this.#parts.clock() + waitMs) : null
  }

  /**
   * Makes one attempt, one at a time. An attempt that fails for another reason than the passphrase does not count.
   * @throws Refusal `passphrase-wait` if it is too soon; what `attempt` throws
   */
  async make<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.nextAt !== null) throw new Refusal('passphrase-wait')
    const [wrong, since] = [this.#wrong, this.#since]
    this.#record(wrong + 1)
    try {
      const result = await attempt()
      this.#record(0)
      return result
    } catch (error) {
      if (codeOf(error) === 'passphrase-wrong')
        this.#record(wrong + 1) // the wait starts when the result is known
      else {
        this.#record(wrong)
        this.#since = since
      }
      throw error
    }
  }

  /** Counts wrong attempts. If the disk is full, the count is kept in memory only: that must not lock anybody out. */
  #record(wrong: number): void {
    this.#wrong = wrong
    this.#since = this.#parts.elapsed()
    try {
      if (wrong === 0) rmSync(this.#parts.path, { force: true })
      else writeFileAtomic(this.#parts.path, `${JSON.stringify({ version: 1, wrong, at: this.#parts.clock() })}\n`)
    } catch {
      return
    }
  }
}

function waitAfter(wrong: number): number {
  return wrong < freeAttempts ? 0 : Math.min(firstWaitMs * 2 ** (wrong - freeAttempts), maxWaitMs)
}

/** @returns null for a file that is not ours */
function read(path: string): { wrong: number; at: number } | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? { wrong: 0, at: 0 } : null
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  return parsed.success ? parsed.output : null
}
