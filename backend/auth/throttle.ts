import { fingerprint } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './network.ts'

interface Bucket {
  /** What was counted and is not yet worked off, as of `at`. */
  level: number
  at: number
}

interface Limit {
  readonly most: number
  readonly secondsEach: number
}

const account = { most: 10, secondsEach: 30 }
const address = { most: 50, secondsEach: 5 }
const newUsers = { most: 30, secondsEach: 60 }
/** Passwords that are checked at an account under attack, from all networks together that never signed in to it. */
const strangers = { most: 3, secondsEach: 30 }
/**
 * So many failures at an account are an attack. Fewer than fill its bucket: one that drops below it in 30 s would let strangers have a
 * password checked beside those that their own bucket allows.
 */
const attack = account.most - 2
const mostBuckets = 20_000

/**
 * Counts what a client could do without end: failed logins, and making users.
 *
 * Failed logins are counted by account and by address, as leaking buckets: 10 failures an account, then one every 30 s; 50 an
 * address, then one every 5 s. What it decides is what a *failure* is answered (429 in place of 401) and which lane of
 * the password queue an attempt waits in. It never looks at sessions, only at logins.
 *
 * It refuses no right key, and no right password from a network that has signed in to the account before: nobody can lock its owner
 * out there. At an account with eight failures, other networks together have three passwords checked and then one every 30 s,
 * right or wrong: a guesser with many networks could else try as many as the server can check. Its owner, if they come from a new
 * network during such an attack, may have to try again.
 *
 * In memory, not stored: a stored count would turn each guess into a write to the disk, and a restart, which no client
 * can bring about, gives an attacker ten more guesses at an account. Bounded: the longest untouched bucket goes first,
 * and to push one out takes 20,000 failures, which fill the address's own bucket four hundred times over.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>()
  /** Pairs of account and network with a right password, the one used last at the end. */
  readonly #familiar = new Set<string>()
  /** How many passwords are being checked, by account: each may turn out to be a failure. */
  readonly #checking = new Map<string, number>()

  constructor(readonly clock: () => Date) {}

  /** @returns whether a failure now would be answered with 429 */
  isFull(source: LoginSource): boolean {
    return this.#wait(bucketsOf(source)) > 0
  }

  /**
   * @returns 0, or the whole seconds after which to ask again for a password to be checked
   */
  waitBeforeAttempt(source: PasswordSource): number {
    return this.#isHeldUp(source) ? this.#wait(strangersOf(source)) : 0
  }

  /**
   * Checks a password, or does not where only few may be checked. To be called when the check can begin: those that wait for their turn
   * would else all be let in before the first of them has failed.
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

  /** Whether a network that never signed in to the account asks while the account is under attack, or too often. */
  #isHeldUp(source: PasswordSource): boolean {
    if (source.address === undefined || this.#familiar.has(pairOf(source))) return false
    const name = fingerprint(source.account)
    const failures = this.#level(`account:${name}`, account.secondsEach) + (this.#checking.get(name) ?? 0)
    return failures >= attack || this.isFull(source)
  }

  /** Notes that a network gave an account's right password: it is not held up with strangers. */
  countSuccess(source: PasswordSource): void {
    if (source.address === undefined) return
    const pair = pairOf(source)
    this.#familiar.delete(pair)
    this.#familiar.add(pair)
    for (const oldest of this.#familiar) {
      if (this.#familiar.size <= mostBuckets) break
      this.#familiar.delete(oldest)
    }
  }

  /**
   * Counts a failure.
   * @returns 0, or the whole seconds after which a failure is answered 401 again
   */
  countFailure(source: LoginSource): number {
    return this.#count(bucketsOf(source))
  }

  /**
   * Counts a user made, anonymous or registered: 30 an address, then one a minute. In process nobody is counted.
   * @returns 0, or the whole seconds after which one more may be made; it must not be made before
   */
  countNewUser(address: string | undefined): number {
    if (address === undefined) return 0
    const bucket: [string, Limit][] = [[`new:${networkOf(address)}`, newUsers]]
    // What is refused is not counted: who tries on and on would keep everybody else of that address out.
    const wait = this.#wait(bucket)
    return wait > 0 ? wait : this.#count(bucket)
  }

  /** @returns what there was to wait before */
  #count(buckets: [string, Limit][]): number {
    const wait = this.#wait(buckets)
    // A full bucket is not filled further, so the wait never grows past one leak and the memory is of fixed size.
    for (const [key, limit] of buckets) {
      const level = this.#level(key, limit.secondsEach)
      this.#buckets.delete(key)
      this.#buckets.set(key, { level: Math.min(limit.most, level + 1), at: this.clock().getTime() })
    }
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= mostBuckets) break
      this.#buckets.delete(oldest)
    }
    return wait
  }

  #wait(buckets: [string, Limit][]): number {
    const waits = buckets.map(([key, limit]) => {
      const over = this.#level(key, limit.secondsEach) + 1 - limit.most
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
  /** The account tried, where the credential names one. */
  readonly account?: string
  /** The client's address; absent when the backend is called in process. */
  readonly address?: string | undefined
}

/** A login that names its account, as one with a password does. */
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
  // As a fingerprint: the text is the attacker's to choose, and a mistyped user name is often a password.
  if (source.account !== undefined) buckets.push([`account:${fingerprint(source.account)}`, account])
  if (source.address !== undefined) buckets.push([`address:${networkOf(source.address)}`, address])
  return buckets
}
