import { readFileSync, rmSync } from 'node:fs'
import * as v from 'valibot'
import { writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { systemCode } from '../../../shared/system-error.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'

/** Wrong passphrases that cost nothing but the derivation: slips of the finger. */
const freeAttempts = 3
/** Milliseconds that the first wrong one after those costs; each further one doubles it, up to the last. */
const [firstWaitMs, maxWaitMs] = [1000, 5 * 60 * 1000]

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const schema = v.strictObject({ version: v.literal(1), wrong: v.pipe(count, v.maxValue(1_000_000)), at: count })

export interface AttemptsOptions {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Milliseconds that nobody can set: since the process began. */
  readonly elapsed: () => number
}

/**
 * Slows whoever tries passphrases in our own window, over restarts too: three are free, then a second, two, four … up to five
 * minutes between two. Nothing is ever wiped, and the right one ends it. Whoever can read the files tries elsewhere, and what slows
 * them is the derivation.
 *
 * An attempt is on disk before it is made, so that killing the app before it is judged makes none free.
 */
export class PassphraseAttempts {
  readonly #parts: AttemptsOptions
  #wrong: number
  /** When the last one was made, by `elapsed`. */
  #since: number

  constructor(parts: AttemptsOptions) {
    this.#parts = parts
    const { clock, elapsed } = parts
    const kept = read(parts.path)
    // A file that cannot be read was there for a reason; one that says a time to come was written under another clock.
    const { wrong, at } = kept ?? { wrong: freeAttempts, at: clock() }
    this.#wrong = wrong
    this.#since = elapsed() - Math.min(Math.max(0, clock() - at), maxWaitMs)
  }

  /** Since the last right one. */
  get wrong(): number {
    return this.#wrong
  }

  /** When the next may be made, in milliseconds since 1970; null if at once. */
  get nextAt(): number | null {
    const left = this.#since + waitAfter(this.#wrong) - this.#parts.elapsed()
    return left > 0 ? Math.ceil(this.#parts.clock() + left) : null
  }

  /**
   * Makes one attempt; one at a time. What is refused for another reason than the passphrase was none.
   * @throws Refusal `passphrase-wait` if it is too soon; what `attempt` throws
   */
  async make<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.nextAt !== null) throw new Refusal('passphrase-wait')
    const [wrong, since] = [this.#wrong, this.#since]
    this.#record(wrong + 1)
    try {
      const made = await attempt()
      this.#record(0)
      return made
    } catch (error) {
      if (codeOf(error) === 'passphrase-wrong')
        this.#record(wrong + 1) // the wait begins when the answer is there
      else {
        this.#record(wrong)
        this.#since = since
      }
      throw error
    }
  }

  /** What a full disk does not take counts as long as the app runs: it must not shut anybody out. */
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

/** @returns null for a file that is none of ours */
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
