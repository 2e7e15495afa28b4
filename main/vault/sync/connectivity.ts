import { networkTrouble } from '../../../shared/lists/network-trouble.ts'
import { type RefusalCode, Refusal } from '../refusal.ts'

/** The result of the last request to an account's server in this process. */
export type Contact = 'reached' | 'failed'

/** The server did not answer, or another server answered in its place. */
const unreachableCodes: ReadonlySet<RefusalCode> = new Set<RefusalCode>(networkTrouble)

/** Failures on this computer: they say nothing about the server, which may never have been contacted. */
const localFailure = /^(keychain-|locked$|internal$|disk-full$|profile-|signed-out$)/

/** @returns null if the error says nothing about the server */
export function contactAfter(error: unknown): Contact | null {
  if (!(error instanceof Refusal) || localFailure.test(error.code)) return null
  return unreachableCodes.has(error.code) ? 'failed' : 'reached'
}

/**
 * Whether a failed change may succeed if it is retried later: the server decided nothing, or its decision is unknown. Any other refusal is
 * the server's final answer.
 */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  return error.mayHaveHappened || error.code === 'session-ended' || unreachableCodes.has(error.code) || localFailure.test(error.code)
}
