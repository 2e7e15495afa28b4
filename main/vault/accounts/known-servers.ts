import type { Credentials, Server } from '../model/account.ts'
import { labelIn } from '../keys/find-key.ts'
import { journalEntry, type JournaledKey } from '../journal/journal.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { SecretSent, ServerRequest } from '../ports/approver.ts'
import { Refusal } from '../refusal.ts'
import { isSameServer, serverText } from '../model/server.ts'

/**
 * Has the person confirm a server that is new to this vault, in a window of main's own, before anything secret goes to it. A page that
 * was taken over can name any server: it must not send a value or a password to one that the person never confirmed.
 * @throws Refusal `server-unconfirmed`, `approval-expired`, `approval-busy`, `locked`
 */
export async function requireConfirmed(opened: UnlockedVault, server: Server, sends: SecretSent): Promise<void> {
  if (!isKnownServer(opened, server)) await confirm(opened, { server, sends, key: null, isNew: true })
}

/**
 * Whether the value of a stored key may go to a server. A key of an account goes to the server and app of that account alone. A stored
 * value that belongs to no server goes where the person confirms it, each time, by its name and the server's.
 * @throws Refusal `value-other-server`, and as `requireConfirmed`
 */
export async function requireOwnServer(opened: UnlockedVault, key: JournaledKey, server: Server): Promise<void> {
  const account = accountOf(opened, key.accountId)
  if (account.method === 'values') {
    const named = { name: key.name, account: labelIn(opened, account) }
    return confirm(opened, { server, sends: 'stored-value', key: named, isNew: !isKnownServer(opened, server) })
  }
  if (account.server === null || !isSameServer(account.server, server)) throw new Refusal('value-other-server')
}

/** The changes that write down that something secret goes to a server, to be on disk before it does. The built-in backend is none. */
export function journalSent(opened: UnlockedVault, server: Server | null, key?: JournaledKey): Change[] {
  return server === null ? [] : journalEntry(opened, 'sent', { ...(key && { key }), detail: serverText(server) })
}

export function secretSentBy({ method }: Credentials): SecretSent {
  return method === 'email' ? 'password' : method === 'anonymous' ? 'nothing' : method
}

/** By an account on it, or because the person confirmed it since the vault was opened. */
function isKnownServer(opened: UnlockedVault, server: Server): boolean {
  if (opened.confirmedServers.has(serverText(server))) return true
  return opened.cache.accounts().some((account) => account.server !== null && isSameServer(account.server, server))
}

async function confirm(opened: UnlockedVault, request: ServerRequest): Promise<void> {
  await opened.approver.confirmServer(request)
  if (!opened.isOpen()) throw new Refusal('locked')
  const server = serverText(request.server)
  if (request.isNew) opened.cache.commit(journalEntry(opened, 'server-confirmed', { detail: server }))
  opened.confirmedServers.add(server)
}
