import { randomBytes } from 'node:crypto'
import type { KeyRef } from '../../vault/model/key.ts'

const maxOffered = 1000

/**
 * Random references for the keys that a session was offered, each valid at one origin. A reference is worthless to a page and in any other
 * session.
 */
export class OfferedKeys {
  readonly #offered = new Map<string, KeyRef & { readonly origin: string }>()

  /** The same key at the same origin keeps its reference. */
  refFor({ accountId, keyId }: KeyRef, origin: string): string {
    for (const [ref, one] of this.#offered) {
      if (one.accountId === accountId && one.keyId === keyId && one.origin === origin) return ref
    }
    const ref = randomBytes(16).toString('base64url')
    this.#offered.set(ref, { accountId, keyId, origin })
    const [oldest] = this.#offered.keys()
    if (this.#offered.size > maxOffered && oldest !== undefined) this.#offered.delete(oldest)
    return ref
  }

  /** @returns undefined for an unknown reference, or one of another origin */
  keyOf(origin: string, ref: string): KeyRef | undefined {
    const offered = this.#offered.get(ref)
    return offered?.origin === origin ? { accountId: offered.accountId, keyId: offered.keyId } : undefined
  }
}
