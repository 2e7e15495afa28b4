import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account, Credentials, Server } from '../model/account.ts'
import { managesKeys, newAccountId } from '../model/account.ts'
import { saveDirectoryEntry, removeDirectoryEntry } from './account-directory.ts'
import type { KeyRef } from '../model/key.ts'
import { journalSent, requireConfirmed, requireOwnServer, secretSentBy } from './known-servers.ts'
import { requireKey } from '../keys/list-keys.ts'
import { forgetSignIn } from './local-account.ts'
import { areAllValuesKnown } from '../keychain/known-values.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { askServer } from '../session/server-requests.ts'
import type { Change } from '../ports/cache.ts'
import type { KeyServer } from '../ports/key-servers.ts'
import type { MailPurpose } from '../../../shared/lists/accounts.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { release } from '../release/release.ts'
import type { Secret } from '../secret.ts'
import { isSameServer } from '../model/server.ts'
import { pendingSignIn } from './pending-sign-ins.ts'
import { syncKeys } from '../sync/sync-keys.ts'
import { removeValues } from '../keychain/value-items.ts'

/**
 * Signs in to an app and makes the account current. Signing in as the same user by the same method finds the existing account.
 * @throws Refusal those of `requireConfirmed`, before anything is sent; those of the server and of the keychain
 */
export async function signIn(vault: UnlockedVault, server: Server, credentials: Credentials): Promise<Account> {
  requireWritable(vault)
  await requireConfirmed(vault, server, secretSentBy(credentials))
  vault.cache.commit(journalSent(vault, server))
  return startSignIn(vault, server, credentials)
}

/**
 * Signs in with the value of a stored key, which is sent only to its own server and app.
 * @throws Refusal `value-other-server`; those of `signIn` and `release`
 */
export async function signInWithStored(vault: UnlockedVault, server: Server, { accountId, keyId }: KeyRef): Promise<Account> {
  requireWritable(vault)
  await requireOwnServer(vault, requireKey(vault, accountId, keyId), server)
  const value = await release(vault, accountId, keyId, { purpose: 'sign-in', to: server })
  return startSignIn(vault, server, { method: 'api-key', value })
}

function startSignIn(vault: UnlockedVault, server: Server, credentials: Credentials): Promise<Account> {
  const id = newAccountId()
  return pendingSignIn(vault, { id, server }, () => completeSignIn(vault, id, server, credentials))
}

async function completeSignIn(vault: UnlockedVault, id: string, server: Server, credentials: Credentials): Promise<Account> {
  const keyServer = vault.servers.of({ id, server })
  const { userId } = await keyServer.signIn(credentials)
  // One at a time: of two concurrent sign-ins, the second must find the account that the first created.
  return vault.queues.runExclusive('sign-in', async () => {
    const known = vault.cache
      .accounts()
      .find(
        (account) =>
          account.server !== null &&
          isSameServer(account.server, server) &&
          account.userId === userId &&
          account.method === credentials.method,
      )
    const existing = known && (await signInAgain(vault, known.id, keyServer, credentials))
    if (existing) return existing
    const email = credentials.method === 'email' ? credentials.email : null
    const { method } = credentials
    try {
      return await saveAsCurrent(vault, { id, server, method, email, userId, signedIn: true, syncedAt: null, trouble: null })
    } catch (error) {
      await endSession(keyServer)
      throw error
    }
  })
}

/**
 * Whether the account's session is alive. An account that manages keys is checked by a request, because the server may have ended the
 * session unnoticed.
 */
async function hasSession(vault: UnlockedVault, account: Account): Promise<boolean> {
  if (!account.signedIn || !managesKeys(account)) return account.signedIn
  try {
    await vault.servers.of(account).fetchAll()
    return true
  } catch (error) {
    return codeOf(error) !== 'session-ended'
  }
}

/**
 * Ends the new session, whose account id will not be used. The existing account signs in under its own id if it has no session.
 * @returns null if the account was forgotten meanwhile
 */
function signInAgain(vault: UnlockedVault, id: string, newSession: KeyServer, credentials: Credentials): Promise<Account | null> {
  return vault.queues.runExclusive(id, async () => {
    const known = vault.cache.accounts().find((account) => account.id === id)
    if (known === undefined) return null
    await endSession(newSession)
    if (!(await hasSession(vault, known))) await vault.servers.of(known).signIn(credentials)
    return saveAsCurrent(vault, { ...known, signedIn: true, trouble: null })
  })
}

/** @returns the account; null if the server requires the e-mail to be confirmed before the first sign-in */
export async function register(vault: UnlockedVault, server: Server, email: string, password: Secret): Promise<Account | null> {
  requireWritable(vault)
  await requireConfirmed(vault, server, 'password')
  vault.cache.commit(journalSent(vault, server))
  await vault.servers.of({ id: newAccountId(), server }).register(email, password)
  try {
    return await startSignIn(vault, server, { method: 'email', email, password })
  } catch (error) {
    // Since May 2024 the real service answers `wrong-credentials` for an unconfirmed e-mail. The credentials cannot be wrong here.
    if (codeOf(error) === 'email-unconfirmed' || codeOf(error) === 'wrong-credentials') return null
    throw error
  }
}

/** Has the server mail a link to a registered address. The account is identified by the address alone, because it may not be signed in. */
export async function sendMail(vault: UnlockedVault, server: Server, email: string, purpose: MailPurpose): Promise<void> {
  requireWritable(vault)
  await requireConfirmed(vault, server, 'email')
  vault.cache.commit(journalSent(vault, server))
  await vault.servers.of({ id: newAccountId(), server }).sendMail(email, purpose)
}

/**
 * Gives an anonymous account an e-mail and a password. The user and its id stay. The server judges a session by how it began, so the
 * anonymous session is ended and replaced by one opened with the e-mail.
 */
export function link(vault: UnlockedVault, accountId: string, email: string, password: Secret): Promise<Account> {
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    if (account.method !== 'anonymous') throw new Refusal('account-exists')
    if (!account.signedIn) throw new Refusal('signed-out')
    vault.cache.commit(journalSent(vault, account.server))
    await askServer(vault, account, async (server) => {
      await server.register(email, password).catch((error: unknown) => {
        // The address may be taken because we registered it a moment ago and were interrupted before the link. The link itself decides.
        if (codeOf(error) !== 'email-taken') throw error
      })
      await server.link(email, password)
    })
    const server = vault.servers.of(account)
    // If the network fails from here on, the account is an e-mail account that its person signs in to.
    const linked: Account = { ...account, method: 'email', email, signedIn: false, trouble: null }
    await saveAsCurrent(vault, linked)
    await endSession(server)
    await server.signIn({ method: 'email', email, password })
    return saveAsCurrent(vault, { ...linked, signedIn: true })
  })
}

/** @throws Refusal `account-not-found` */
export function switchAccount(vault: UnlockedVault, accountId: string): Account {
  const account = accountOf(vault, accountId)
  vault.cache.commit([{ op: 'put-current', id: account.id }])
  vault.announce('accounts')
  return account
}

/**
 * Ends the account's session, here and on the server. Values stay in the keychain unless `forgetValues` is set. In that case they are
 * removed together with the account (and with its user in the embedded backend, for the vault on this computer).
 * @returns `revoked`: whether the server ended the session; otherwise the session expires by age
 */
export function signOut(vault: UnlockedVault, accountId: string, forgetValues: boolean): Promise<{ revoked: boolean }> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    if (account.method === 'values') return forgetStoredValues(vault, turn, account, forgetValues)
    const server = vault.servers.of(account)
    if (forgetValues) await forgetAccount(vault, turn, account, server)
    const revoked = await endSession(server, 'token-kept') // even if the server ended the session: its token may still be stored
    vault.cache.commit([
      forgetValues ? { op: 'drop-account', id: accountId } : { op: 'put-account', account: { ...account, signedIn: false, trouble: null } },
      ...switchAway(vault, accountId),
    ])
    vault.announce('accounts')
    return { revoked }
  })
}

/** The change that makes another account current, if this one is current. */
function switchAway(vault: UnlockedVault, accountId: string): Change[] {
  if (vault.cache.current() !== accountId) return []
  const next = vault.cache.accounts().find((account) => account.id !== accountId && account.signedIn)
  return [{ op: 'put-current', id: next?.id ?? null }]
}

/** Stored values have no session and no server. @throws Refusal `not-allowed-values` unless `forgetValues` is set */
async function forgetStoredValues(vault: UnlockedVault, turn: Turn, { id }: Account, forgetValues: boolean): Promise<{ revoked: boolean }> {
  if (!forgetValues) throw new Refusal('not-allowed-values')
  await removeValues(vault, id)
  await dropStoredAccount(vault, turn, id)
  return { revoked: true }
}

/** Removes the account of stored values once it is empty. */
export async function dropStoredAccount(vault: UnlockedVault, _turn: Turn, id: string): Promise<void> {
  await removeDirectoryEntry(vault, id)
  await vault.valueIndexes.remove({ id, method: 'values' })
  vault.cache.commit([{ op: 'drop-account', id }, ...switchAway(vault, id)])
  vault.announce('accounts')
}

/** Removes values first and the sign-in last: after an interruption anywhere, the account is still there and can be forgotten again. */
async function forgetAccount(vault: UnlockedVault, turn: Turn, account: Account, server: KeyServer): Promise<void> {
  // Without a complete index, only the server's list may name values that the cache does not know. Nothing could name them once the account
  // is gone, so the account is synced first, which needs a session.
  const areListed = await vault.valueIndexes.isComplete(account)
  if (!areListed && !areAllValuesKnown(vault, account.id)) await syncKeys(vault, turn, account)
  await removeValues(vault, account.id)
  await removeDirectoryEntry(vault, account.id)
  await vault.valueIndexes.remove(account) // after the directory entry: while that exists, the index must prove that no values are left
  if (account.server !== null) return
  if (account.signedIn) await askServer(vault, account, () => server.deleteUser())
  await forgetSignIn(vault, account.id)
}

/**
 * @param onFailure `token-kept`: throws if the keychain did not remove the token. Left out for a session that was never used
 * @returns whether the server ended the session
 */
async function endSession(server: KeyServer, onFailure?: 'token-kept'): Promise<boolean> {
  try {
    await server.signOut()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (onFailure === 'token-kept' && error.code.startsWith('keychain-')) throw error
    return error.code === 'session-ended'
  }
}

async function saveAsCurrent(vault: UnlockedVault, account: Account): Promise<Account> {
  const isNew = vault.cache.accounts().every(({ id }) => id !== account.id)
  await saveDirectoryEntry(vault, account)
  vault.cache.commit([
    { op: 'put-account', account },
    { op: 'put-current', id: account.id },
  ])
  vault.announce('accounts')
  if (isNew) await vault.valueIndexes.createEmpty(account)
  return account
}
