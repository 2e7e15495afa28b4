import type { Linked } from '../../preload/contract.ts'
import type { DeepLink } from './deep-link.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import { requireKey } from '../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { codeOf, Refusal } from '../vault/refusal.ts'

type KeyLink = Extract<DeepLink, { verb: 'key' }>

/** How long a link to a key waits for a locked vault, in milliseconds: who unlocks later has something else in mind. */
const patience = 5 * 60_000

/** The last link that the window is to say something about, until it asks. */
export class PendingDeepLink {
  readonly #clock: () => number
  #left: { link: KeyLink | 'refused'; at: number } | null = null

  /** @param clock in milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  leave(link: KeyLink | 'refused'): void {
    this.#left = { link, at: this.#clock() }
  }

  /**
   * Once for each link.
   * @param opened null while the vault is closed: what a link leads to waits for it
   */
  take(opened: UnlockedVault | null): Linked | null {
    const left = this.#left
    if (left === null) return null
    if (left.link === 'refused') {
      this.#left = null
      return { what: 'refused', code: 'link-invalid' }
    }
    if (this.#clock() - left.at > patience) this.#left = null
    if (opened === null || this.#left === null) return null
    this.#left = null
    return keyAt(opened, left.link)
  }
}

function keyAt(opened: UnlockedVault, { accountId, keyId }: KeyLink): Linked {
  try {
    const account = opened.cache.accounts().find(({ id }) => id === accountId)
    if (account === undefined) throw new Refusal('account-not-found')
    const { name } = requireKey(opened, accountId, keyId)
    return { what: 'key', accountId, id: keyId, name, account: labelIn(opened, account) }
  } catch (error) {
    return { what: 'refused', code: codeOf(error) }
  }
}
