import type { Account } from '../model/account.ts'
import { contactAfter } from '../sync/connectivity.ts'
import { saveDirectoryEntry } from '../accounts/account-directory.ts'
import { signInLocal } from '../accounts/local-account.ts'
import { type UnlockedVault, accountOf } from './unlocked-vault.ts'
import type { KeyServer } from '../ports/key-servers.ts'
import { codeOf, type RefusalCode } from '../refusal.ts'

/**
 * Sends a request to an account's server. If the server says that the session has ended, the vault on this computer signs in again with its
 * stored password. Any other account is marked as signed out, for its person to sign in.
 */
export async function askServer<T>(vault: UnlockedVault, account: Account, request: (server: KeyServer) => Promise<T>): Promise<T> {
  const server = vault.servers.of(account)
  const send = (): Promise<T> => trackContact(vault, account, () => request(server))
  try {
    return await send()
  } catch (error) {
    if (codeOf(error) !== 'session-ended') throw error
    if (account.method === 'local' && vault.readOnly === null) {
      const { userId } = await signInLocal(vault, account.id, server)
      if (userId !== account.userId) await replaceUserId(vault, account.id, userId)
      return send()
    }
    vault.cache.commit([{ op: 'put-account', account: { ...accountOf(vault, account.id), signedIn: false } }])
    vault.announce('accounts')
    throw error
  }
}

/** Updates the local account after the embedded backend has lost its data, and knows it as another user. */
export async function replaceUserId(vault: UnlockedVault, accountId: string, userId: string): Promise<void> {
  const account = { ...accountOf(vault, accountId), userId }
  await saveDirectoryEntry(vault, account)
  vault.cache.commit([{ op: 'put-account', account }])
}

/** Records whether the request reached the server. */
export async function trackContact<T>(vault: UnlockedVault, account: Account, request: () => Promise<T>): Promise<T> {
  try {
    const answer = await request()
    vault.contact.set(account.id, 'reached')
    return answer
  } catch (error) {
    const contact = contactAfter(error)
    if (contact !== null) vault.contact.set(account.id, contact)
    throw error
  }
}

/** Records why the server could not be reached. `since` keeps the time of the first failure in a row. */
export function recordTrouble(vault: UnlockedVault, accountId: string, code: RefusalCode): void {
  const account = accountOf(vault, accountId)
  const at = vault.clock()
  const trouble = { code, at, since: account.trouble?.since ?? at }
  vault.cache.commit([{ op: 'put-account', account: { ...account, trouble } }])
  vault.announce('keys', accountId)
}
