import type { Grant } from '../model/grant.ts'

/**
 * Answers that end by the clock, or with the lock. They are held in memory alone: a disk that is full, or a process that is killed, must
 * not leave one that is good after the vault was closed.
 */
export class TemporaryGrants {
  #grants: Grant[] = []
  /** Good for one release. They are no answers that a person could look up and revoke, so they last for a moment. */
  #single: Grant[] = []

  /** Those of an account that are good at this time. */
  of(accountId: string, now: number): Grant[] {
    this.#grants = this.#grants.filter((grant) => isValid(grant, now))
    return this.#grants.filter((grant) => grant.accountId === accountId)
  }

  add(grant: Grant): void {
    this.#grants.push(grant)
  }

  addSingle(grant: Grant): void {
    this.#single.push(grant)
  }

  /** @returns whether there was one. There is none any more */
  consumeSingle(isMeant: (grant: Grant) => boolean, now: number): boolean {
    this.#single = this.#single.filter((grant) => isValid(grant, now))
    const found = this.#single.find(isMeant)
    this.#single = this.#single.filter((grant) => grant !== found)
    return found !== undefined
  }

  drop(isMeant: (grant: Grant) => boolean): void {
    this.#grants = this.#grants.filter((grant) => !isMeant(grant))
    this.#single = this.#single.filter((grant) => !isMeant(grant))
  }
}

/** A clock that was set back makes none last longer. */
function isValid({ at, until }: Grant, now: number): boolean {
  return at <= now && until !== null && now < until
}
