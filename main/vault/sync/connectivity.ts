import { networkTrouble } from '../../../shared/network-trouble.ts'
import { type RefusalCode, Refusal } from '../refusal.ts'

/** How the last request to an account's server went, in this process. */
export type Contact = 'reached' | 'failed'

/** The server did not answer, or not as the server that it should be. */
const unreachableCodes: ReadonlySet<RefusalCode> = new Set<RefusalCode>(networkTrouble)

/** Failures on this computer: they say nothing about the server, which may never have been asked. */
const localFailure = /^(keychain-|locked$|internal$|disk-full$|profile-|signed-out$)/

/** @returns null if this tells nothing about the server */
export function contactAfter(error: unknown): Contact | null {
  if (!(error instanceof Refusal) || localFailure.test(error.code)) return null
  return unreachableCodes.has(error.code) ? 'failed' : 'reached'
}

/**
 * Whether a change that failed so may still be made by asking again later: nothing was decided by the server, or its decision is
 * not known. Any other refusal is the server's last word on the change.
 */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  return error.mayHaveHappened || error.code === 'session-ended' || unreachableCodes.has(error.code) || localFailure.test(error.code)
}
