import type { Credentials, Server } from '../model/account.ts'
import { labelIn } from '../keys/find-key.ts'
import { journalEntry, type JournaledKey } from '../journal/journal.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { ServerRequest } from '../ports/approver.ts'
import type { SecretSent } from '../../../shared/lists/approvals.ts'
import { Refusal } from '../refusal.ts'
import { isSameServer, serverText } from '../model/server.ts'

/**
 * Asks the person to confirm a server that is new to this vault, in a window of the main process, before any secret is sent to it. A
 * compromised page can name any server; this keeps it from sending a value or a password to a server that the person never confirmed.
 * @throws Refusal `server-unconfirmed`, `approval-expired`, `approval-busy`, `locked`
 */
export async function requireConfirmed(vault: UnlockedVault, server: Server, sends: SecretSent): Promise<void> {
  if (!isKnownServer(vault, server)) await confirm(vault, { server, sends, key: null, isNew: true })
}

/**
 * Checks that the value of a stored key may go to this server. A key of an account may go to the server and app of that account only. A
 * stored value belongs to no server, so the person confirms each use, by the value's name and the server's.
 * @throws Refusal `value-other-server`, and those of `requireConfirmed`
 */
export async function requireOwnServer(vault: UnlockedVault, key: JournaledKey, server: Server): Promise<void> {
  const account = accountOf(vault, key.accountId)
  if (account.method === 'values') {
    const named = { name: key.name, account: labelIn(vault, account) }
    return confirm(vault, { server, sends: 'stored-value', key: named, isNew: !isKnownServer(vault, server) })
  }
  if (account.server === null || !isSameServer(account.server, server)) throw new Refusal('value-other-server')
}

/**
 * The changes that journal that a secret is sent to a server. Commit them before sending. Nothing is journaled for the built-in backend.
 */
export function journalSent(vault: UnlockedVault, server: Server | null, key?: JournaledKey): Change[] {
  return server === null ? [] : journalEntry(vault, 'sent', { ...(key && { key }), detail: serverText(server) })
}

export function secretSentBy({ method }: Credentials): SecretSent {
  return method === 'email' ? 'password' : method === 'anonymous' ? 'nothing' : method
}

/** A server is known if the vault has an account on it, or if the person confirmed it since the vault was opened. */
function isKnownServer(vault: UnlockedVault, server: Server): boolean {
  if (vault.confirmedServers.has(serverText(server))) return true
  return vault.cache.accounts().some((account) => account.server !== null && isSameServer(account.server, server))
}

async function confirm(vault: UnlockedVault, request: ServerRequest): Promise<void> {
  await vault.approver.confirmServer(request)
  if (!vault.isOpen()) throw new Refusal('locked')
  const server = serverText(request.server)
  if (request.isNew) vault.cache.commit(journalEntry(vault, 'server-confirmed', { detail: server }))
  vault.confirmedServers.add(server)
}
