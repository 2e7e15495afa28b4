import type { Overview } from '../../../preload/contract.ts'
import { ask } from '../../bridge.ts'

/** How many keys each account has and how it stands with its server, as main last told it. */
export class Overviews {
  #all = $state.raw<readonly Overview[]>([])

  /** @returns undefined for an account that nothing was told of yet */
  of(accountId: string): Overview | undefined {
    return this.#all.find(({ id }) => id === accountId)
  }

  /** Throws `Refused`. */
  async load(): Promise<void> {
    this.#all = (await ask('accounts.list', null)).accounts
  }
}
