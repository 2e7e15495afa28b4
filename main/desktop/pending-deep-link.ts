import type { Linked } from '../../preload/contract.ts'
import type { DeepLink } from './deep-link.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import { requireKey } from '../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { codeOf, Refusal } from '../vault/refusal.ts'

type KeyLink = Extract<DeepLink, { verb: 'key' }>

/** How long a link to a key waits for a locked vault, in milliseconds. A person who unlocks later no longer expects it. */
const maxAgeMs = 5 * 60_000

/** The last link, until the window has fetched what it leads to. */
export class PendingDeepLink {
  readonly #clock: () => number
  #pending: { link: KeyLink | 'refused'; at: number } | null = null

  /** @param clock in milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  store(link: KeyLink | 'refused'): void {
    this.#pending = { link, at: this.#clock() }
  }

  /**
   * Returns what the link leads to, once for each link.
   * @param vault null while the vault is closed; a link to a key then stays pending
   */
  consume(vault: UnlockedVault | null): Linked | null {
    const pending = this.#pending
    if (pending === null) return null
    if (pending.link === 'refused') {
      this.#pending = null
      return { what: 'refused', code: 'link-invalid' }
    }
    if (this.#clock() - pending.at > maxAgeMs) this.#pending = null
    if (vault === null || this.#pending === null) return null
    this.#pending = null
    return resolveKeyLink(vault, pending.link)
  }
}

function resolveKeyLink(vault: UnlockedVault, { accountId, keyId }: KeyLink): Linked {
  try {
    const account = vault.cache.accounts().find(({ id }) => id === accountId)
    if (account === undefined) throw new Refusal('account-not-found')
    const { name } = requireKey(vault, accountId, keyId)
    return { what: 'key', accountId, id: keyId, name, account: labelIn(vault, account) }
  } catch (error) {
    return { what: 'refused', code: codeOf(error) }
  }
}
