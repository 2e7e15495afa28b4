import type { Grant } from '../model/grant.ts'

/**
 * Approvals that end by the clock or with the lock. They exist in memory only, so that neither a full disk nor a killed process leaves one
 * that is valid after the vault was locked.
 */
export class TemporaryGrants {
  #grants: Grant[] = []
  /** Valid for one release. A person cannot list or revoke these, so they last only for a minute. */
  #single: Grant[] = []

  /** The valid grants of an account. */
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

  /** Uses up a matching single-use grant. @returns whether there was one */
  consumeSingle(matches: (grant: Grant) => boolean, now: number): boolean {
    this.#single = this.#single.filter((grant) => isValid(grant, now))
    const found = this.#single.find(matches)
    this.#single = this.#single.filter((grant) => grant !== found)
    return found !== undefined
  }

  drop(matches: (grant: Grant) => boolean): void {
    this.#grants = this.#grants.filter((grant) => !matches(grant))
    this.#single = this.#single.filter((grant) => !matches(grant))
  }
}

/** A clock that was set back does not extend a grant. */
function isValid({ at, until }: Grant, now: number): boolean {
  return at <= now && until !== null && now < until
}
