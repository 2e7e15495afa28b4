import type { Connection } from '../../../shared/lists/keys.ts'
import { isLoopback } from '../../../shared/loopback.ts'
import type { Account } from '../model/account.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'

/**
 * The account's connection, as far as it is known without a request. A server on this computer needs no network; the built-in one is always
 * reachable.
 */
export function connectionOf(vault: UnlockedVault, account: Account): Connection {
  if (!account.signedIn) return 'signed-out'
  if (needsNetwork(account) && !vault.online()) return 'offline'
  const contact = vault.contact.get(account.id) ?? (account.server === null ? 'reached' : undefined)
  return contact === undefined ? 'checking' : contact === 'reached' ? 'online' : 'unreachable'
}

export function needsNetwork({ server }: Account): boolean {
  return server !== null && !isLoopback(new URL(server.url).hostname)
}
