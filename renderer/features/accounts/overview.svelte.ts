import type { Overview } from '../../../preload/contract.ts'
import { ask } from '../../bridge.ts'

/** Number of keys and connection state of each account, as main last reported them. */
export class Overviews {
  #all = $state.raw<readonly Overview[]>([])

  /** @returns undefined for an account that main has not reported yet */
  of(accountId: string): Overview | undefined {
    return this.#all.find(({ id }) => id === accountId)
  }

  /** @throws Refused */
  async load(): Promise<void> {
    this.#all = (await ask('accounts.list', null)).accounts
  }
}
