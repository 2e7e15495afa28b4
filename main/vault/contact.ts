import { isLoopback } from '../../shared/loopback.ts'
import { networkTrouble } from '../../shared/network-trouble.ts'
import type { Account } from './account.ts'
import type { Opened } from './opened.ts'
import { Refusal, type RefusalCode } from './refusal.ts'

/** How the last request to an account's server went, in this process. */
export type Contact = 'reached' | 'failed'

export type Connection = 'checking' | 'online' | 'offline' | 'unreachable' | 'signed-out'

/** The server did not answer, or not as the server that it should be. */
const noAnswer: ReadonlySet<RefusalCode> = new Set<RefusalCode>(networkTrouble)

/** Failures on this computer: they say nothing about the server, which may never have been asked. */
const ours = /^(keychain-|locked$|internal$|disk-full$|profile-|signed-out$)/

/** @returns null if this tells nothing about the server */
export function contactAfter(error: unknown): Contact | null {
  if (!(error instanceof Refusal) || ours.test(error.code)) return null
  return noAnswer.has(error.code) ? 'failed' : 'reached'
}

/**
 * Whether a change that failed so may still be made by asking again later: nothing was decided by the server, or its decision is
 * not known. Any other refusal is the server's last word on the change.
 */
export function mayBeAskedAgain(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  return error.mayHaveHappened || error.code === 'session-ended' || noAnswer.has(error.code) || ours.test(error.code)
}

/** The account's connection as it is known without asking. A server on this computer needs no network; the built-in one is there. */
export function connectionOf(opened: Opened, account: Account): Connection {
  if (!account.signedIn) return 'signed-out'
  if (needsNetwork(account) && !opened.online()) return 'offline'
  const contact = opened.contact.get(account.id) ?? (account.server === null ? 'reached' : undefined)
  return contact === undefined ? 'checking' : contact === 'reached' ? 'online' : 'unreachable'
}

export function needsNetwork({ server }: Account): boolean {
  return server !== null && !isLoopback(new URL(server.url).hostname)
}
