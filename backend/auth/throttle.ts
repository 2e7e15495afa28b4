import { fingerprint } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './network.ts'

interface Bucket {
  /** The count that has not leaked yet, as of `at`. */
  level: number
  at: number
}

interface Limit {
  readonly capacity: number
  readonly secondsEach: number
}

const account = { capacity: 10, secondsEach: 30 }
const address = { capacity: 50, secondsEach: 5 }
const newUsers = { capacity: 30, secondsEach: 60 }
/** Limits password checks for an account under attack, for all networks together that never signed in to it. */
const strangers = { capacity: 3, secondsEach: 30 }
/**
 * From this number of failures on, an account is under attack. It is below the bucket's size: otherwise the level would drop below it
 * within 30 s, and a password of a stranger would be checked in addition to those that their own bucket allows.
 */
const attack = account.capacity - 2
const maxBuckets = 20_000

/**
 * Limits what a client could otherwise repeat without end: failed logins, and creating users.
 *
 * Failed logins are counted by account and by address, as leaky buckets: 10 failures per account, then one every 30 s; 50 per address, then
 * one every 5 s. The level decides how a *failure* is answered (429 instead of 401) and which lane of the password queue an attempt waits
 * in. Only logins are limited, never requests of a session.
 *
 * A right API key is never refused, nor a right password from a network that has signed in to the account before: attackers cannot lock the
 * owner out there. For an account with eight failures, all other networks together get three passwords checked and then one every 30 s,
 * right or wrong: otherwise a guesser with many networks could try as many as the server can check. An owner who comes from a new network
 * during such an attack may have to try again.
 *
 * In memory, not stored: a stored count would make each guess a disk write. A restart, which no client can cause, gives an attacker ten
 * more guesses at an account. Bounded: the longest unused bucket is evicted first, and to evict one takes 20,000 failures, which is four
 * hundred times the limit of the attacker's own address.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>()
  /** Pairs of account and network with a right password, the last used one at the end. */
  readonly #familiar = new Set<string>()
  /** How many passwords are being checked, by account: each may turn out to be a failure. */
  readonly #checking = new Map<string, number>()

  constructor(readonly clock: () => Date) {}

  /** @returns whether a failure now would be answered with 429 */
  isFull(source: LoginSource): boolean {
    return this.#wait(bucketsOf(source)) > 0
  }

  /** @returns 0, or the whole seconds after which a password will be checked */
  waitBeforeAttempt(source: PasswordSource): number {
    return this.#isHeldUp(source) ? this.#wait(strangersOf(source)) : 0
  }

  /**
   * Checks a password, unless checks for this source are limited. Call it when the check can start, not when it is queued: otherwise all
   * queued attempts would be let in before the first of them has failed.
   * @param check counts its own failure before it ends
   * @throws Refusal `throttled`
   */
  async attempt<T>(source: PasswordSource, check: () => Promise<T>): Promise<T> {
    const wait = this.waitBeforeAttempt(source)
    if (wait > 0) throw new Refusal('throttled', wait)
    if (this.#isHeldUp(source)) this.#count(strangersOf(source))
    const name = fingerprint(source.account)
    this.#checking.set(name, (this.#checking.get(name) ?? 0) + 1)
    try {
      return await check()
    } finally {
      const left = (this.#checking.get(name) ?? 1) - 1
      if (left > 0) this.#checking.set(name, left)
      else this.#checking.delete(name)
    }
  }

  /**
   * Whether a network that never signed in to the account has to wait, because the account is under attack or the network tries too often.
   */
  #isHeldUp(source: PasswordSource): boolean {
    if (source.address === undefined || this.#familiar.has(pairOf(source))) return false
    const name = fingerprint(source.account)
    const failures = this.#level(`account:${name}`, account.secondsEach) + (this.#checking.get(name) ?? 0)
    return failures >= attack || this.isFull(source)
  }

  /** Records that a network had an account's right password, so that it no longer counts as a stranger. */
  countSuccess(source: PasswordSource): void {
    if (source.address === undefined) return
    const pair = pairOf(source)
    this.#familiar.delete(pair)
    this.#familiar.add(pair)
    for (const oldest of this.#familiar) {
      if (this.#familiar.size <= maxBuckets) break
      this.#familiar.delete(oldest)
    }
  }

  /**
   * Counts a failure.
   * @returns 0, or the whole seconds after which a failure is answered with 401 again
   */
  countFailure(source: LoginSource): number {
    return this.#count(bucketsOf(source))
  }

  /**
   * Counts a new user, anonymous or registered: 30 per address, then one a minute. In-process calls are not counted.
   * @returns 0, or the whole seconds after which another user may be created; until then it must not be
   */
  countNewUser(address: string | undefined): number {
    if (address === undefined) return 0
    const bucket: [string, Limit][] = [[`new:${networkOf(address)}`, newUsers]]
    // Refused attempts are not counted: a client that keeps trying would lock out everybody else at its address.
    const wait = this.#wait(bucket)
    return wait > 0 ? wait : this.#count(bucket)
  }

  /** @returns the wait before this count */
  #count(buckets: [string, Limit][]): number {
    const wait = this.#wait(buckets)
    // A full bucket is not filled further, so that the wait never exceeds one leak and the memory is of fixed size.
    for (const [key, limit] of buckets) {
      const level = this.#level(key, limit.secondsEach)
      this.#buckets.delete(key)
      this.#buckets.set(key, { level: Math.min(limit.capacity, level + 1), at: this.clock().getTime() })
    }
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= maxBuckets) break
      this.#buckets.delete(oldest)
    }
    return wait
  }

  #wait(buckets: [string, Limit][]): number {
    const waits = buckets.map(([key, limit]) => {
      const over = this.#level(key, limit.secondsEach) + 1 - limit.capacity
      return over <= 0 ? 0 : Math.ceil(over * limit.secondsEach)
    })
    return Math.max(0, ...waits)
  }

  #level(key: string, secondsEach: number): number {
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return 0
    const leaked = Math.max(0, this.clock().getTime() - bucket.at) / 1000 / secondsEach
    return Math.max(0, bucket.level - leaked)
  }
}

export interface LoginSource {
  /** The account that was tried, if the credential names one. */
  readonly account?: string
  /** The client's address. Absent if the backend is called in process. */
  readonly address?: string | undefined
}

/** A login that names its account, such as one with a password. */
export interface PasswordSource extends LoginSource {
  readonly account: string
}

function strangersOf(source: PasswordSource): [string, Limit][] {
  return [[`strangers:${fingerprint(source.account)}`, strangers]]
}

function pairOf({ account, address }: PasswordSource): string {
  return `${fingerprint(account)}@${networkOf(address ?? '')}`
}

function bucketsOf(source: LoginSource): [string, Limit][] {
  const buckets: [string, Limit][] = []
  // As a fingerprint: the text is chosen by the attacker, and a mistyped user name is often a password.
  if (source.account !== undefined) buckets.push([`account:${fingerprint(source.account)}`, account])
  if (source.address !== undefined) buckets.push([`address:${networkOf(source.address)}`, address])
  return buckets
}
