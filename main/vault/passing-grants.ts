import type { Grant } from './ports.ts'

/**
 * Answers that end by the clock, or with the lock. They are held in memory alone: a disk that is full, or a process that is killed, must
 * not leave one that is good after the vault was closed.
 */
export class PassingGrants {
  #grants: Grant[] = []

  /** Those of an account that are good at this time. A clock that was set back makes none of them last longer. */
  of(accountId: string, now: number): Grant[] {
    this.#grants = this.#grants.filter(({ at, until }) => at <= now && until !== null && now < until)
    return this.#grants.filter((grant) => grant.accountId === accountId)
  }

  add(grant: Grant): void {
    this.#grants.push(grant)
  }

  drop(which: (grant: Grant) => boolean): void {
    this.#grants = this.#grants.filter((grant) => !which(grant))
  }
}
