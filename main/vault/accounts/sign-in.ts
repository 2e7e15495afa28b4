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
import type { KeyServer, MailPurpose } from '../ports/key-servers.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { release } from '../release/release.ts'
import type { Secret } from '../secret.ts'
import { isSameServer } from '../model/server.ts'
import { pendingSignIn } from './pending-sign-ins.ts'
import { syncKeys } from '../sync/sync-keys.ts'
import { removeValues } from '../keychain/value-items.ts'

/**
 * Signs in to an app and makes the account current. The same user by the same method is the same account again.
 * @throws Refusal `server-unconfirmed` and others of `requireConfirmed`, before anything is sent; those of the server and of the keychain
 */
export async function signIn(opened: UnlockedVault, server: Server, credentials: Credentials): Promise<Account> {
  requireWritable(opened)
  await requireConfirmed(opened, server, secretSentBy(credentials))
  opened.cache.commit(journalSent(opened, server))
  return startSignIn(opened, server, credentials)
}

/**
 * Signs in with the value of a stored key, which goes to its own server and app only.
 * @throws Refusal `value-other-server`, as `signIn`, and as `release`
 */
export async function signInWithStored(opened: UnlockedVault, server: Server, { accountId, keyId }: KeyRef): Promise<Account> {
  requireWritable(opened)
  await requireOwnServer(opened, requireKey(opened, accountId, keyId), server)
  const value = await release(opened, accountId, keyId, { purpose: 'sign-in', to: server })
  return startSignIn(opened, server, { method: 'api-key', value })
}

function startSignIn(opened: UnlockedVault, server: Server, credentials: Credentials): Promise<Account> {
  const id = newAccountId()
  return pendingSignIn(opened, { id, server }, () => completeSignIn(opened, id, server, credentials))
}

async function completeSignIn(opened: UnlockedVault, id: string, server: Server, credentials: Credentials): Promise<Account> {
  const keyServer = opened.servers.of({ id, server })
  const { userId } = await keyServer.signIn(credentials)
  // One after the other: the second of two sign-ins at once must find the account that the first has made.
  return opened.queues.runExclusive('sign-in', async () => {
    const known = opened.cache
      .accounts()
      .find((one) => one.server !== null && isSameServer(one.server, server) && one.userId === userId && one.method === credentials.method)
    const existing = known && (await signInAgain(opened, known.id, keyServer, credentials))
    if (existing) return existing
    const email = credentials.method === 'email' ? credentials.email : null
    const { method } = credentials
    try {
      return await saveAsCurrent(opened, { id, server, method, email, userId, signedIn: true, syncedAt: null, trouble: null })
    } catch (error) {
      await endSession(keyServer)
      throw error
    }
  })
}

/** Asks the server, where it can be asked without credentials: it may have ended the session unseen. */
async function hasSession(opened: UnlockedVault, account: Account): Promise<boolean> {
  if (!account.signedIn || !managesKeys(account)) return account.signedIn
  try {
    await opened.servers.of(account).fetchAll()
    return true
  } catch (error) {
    return codeOf(error) !== 'session-ended'
  }
}

/**
 * The session just opened belongs to an id nobody will use: it is ended, and the known account opens its own if it has none.
 * @returns null if the account was forgotten meanwhile
 */
function signInAgain(opened: UnlockedVault, id: string, spare: KeyServer, credentials: Credentials): Promise<Account | null> {
  return opened.queues.runExclusive(id, async () => {
    const known = opened.cache.accounts().find((one) => one.id === id)
    if (known === undefined) return null
    await endSession(spare)
    if (!(await hasSession(opened, known))) await opened.servers.of(known).signIn(credentials)
    return saveAsCurrent(opened, { ...known, signedIn: true, trouble: null })
  })
}

/** @returns the account, or null if the server wants the e-mail confirmed before the first sign-in */
export async function register(opened: UnlockedVault, server: Server, email: string, password: Secret): Promise<Account | null> {
  requireWritable(opened)
  await requireConfirmed(opened, server, 'password')
  opened.cache.commit(journalSent(opened, server))
  await opened.servers.of({ id: newAccountId(), server }).register(email, password)
  try {
    return await startSignIn(opened, server, { method: 'email', email, password })
  } catch (error) {
    // Since May 2024 the real service calls an unconfirmed e-mail wrong credentials, which they cannot be here.
    if (codeOf(error) === 'email-unconfirmed' || codeOf(error) === 'wrong-credentials') return null
    throw error
  }
}

/** Has the server mail a link to an address that is registered there: of an account that cannot be signed in to, nothing else is known. */
export async function sendMail(opened: UnlockedVault, server: Server, email: string, purpose: MailPurpose): Promise<void> {
  requireWritable(opened)
  await requireConfirmed(opened, server, 'email')
  opened.cache.commit(journalSent(opened, server))
  await opened.servers.of({ id: newAccountId(), server }).sendMail(email, purpose)
}

/**
 * Gives an anonymous account an e-mail and password. The user and its id stay; the anonymous session ends, because the
 * server judges a session by how it began, and one opened with the e-mail takes its place.
 */
export function link(opened: UnlockedVault, accountId: string, email: string, password: Secret): Promise<Account> {
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    const account = accountOf(opened, accountId)
    if (account.method !== 'anonymous') throw new Refusal('account-exists')
    if (!account.signedIn) throw new Refusal('signed-out')
    opened.cache.commit(journalSent(opened, account.server))
    await askServer(opened, account, async (server) => {
      await server.register(email, password).catch((error: unknown) => {
        // Taken may mean: registered by us a moment ago, and interrupted before the link. The link itself decides.
        if (codeOf(error) !== 'email-taken') throw error
      })
      await server.link(email, password)
    })
    const server = opened.servers.of(account)
    // Should the network fail now, the account is an e-mail account that its person signs in to.
    const linked: Account = { ...account, method: 'email', email, signedIn: false, trouble: null }
    await saveAsCurrent(opened, linked)
    await endSession(server)
    await server.signIn({ method: 'email', email, password })
    return saveAsCurrent(opened, { ...linked, signedIn: true })
  })
}

/** @throws Refusal `account-not-found` */
export function switchAccount(opened: UnlockedVault, accountId: string): Account {
  const account = accountOf(opened, accountId)
  opened.cache.commit([{ op: 'put-current', id: account.id }])
  opened.announce('accounts')
  return account
}

/**
 * Ends the account's session here and on the server. Values stay in the keychain unless `forgetValues`; then they go, and
 * the account with them (for the vault on this computer, its user in the embedded backend too).
 * @returns whether the server was told; if not, its session ends by age
 */
export function signOut(opened: UnlockedVault, accountId: string, forgetValues: boolean): Promise<{ revoked: boolean }> {
  return opened.queues.runExclusive(accountId, async (turn) => {
    requireWritable(opened)
    const account = accountOf(opened, accountId)
    if (account.method === 'values') return forgetStoredValues(opened, turn, account, forgetValues)
    const server = opened.servers.of(account)
    if (forgetValues) await forgetAccount(opened, turn, account, server)
    const revoked = await endSession(server, 'token-kept') // also when signed out by the server: a token may still be kept
    opened.cache.commit([
      forgetValues ? { op: 'drop-account', id: accountId } : { op: 'put-account', account: { ...account, signedIn: false, trouble: null } },
      ...switchAway(opened, accountId),
    ])
    opened.announce('accounts')
    return { revoked }
  })
}

/** The change that makes another account current, if this one is. */
function switchAway(opened: UnlockedVault, accountId: string): Change[] {
  if (opened.cache.current() !== accountId) return []
  const next = opened.cache.accounts().find((one) => one.id !== accountId && one.signedIn)
  return [{ op: 'put-current', id: next?.id ?? null }]
}

/** There is no session to end, and no server to tell. @throws Refusal `not-allowed-values` unless the values are to go */
async function forgetStoredValues(
  opened: UnlockedVault,
  turn: Turn,
  { id }: Account,
  forgetValues: boolean,
): Promise<{ revoked: boolean }> {
  if (!forgetValues) throw new Refusal('not-allowed-values')
  await removeValues(opened, id)
  await dropStoredAccount(opened, turn, id)
  return { revoked: true }
}

/** Once nothing is stored in it any more. */
export async function dropStoredAccount(opened: UnlockedVault, _turn: Turn, id: string): Promise<void> {
  await removeDirectoryEntry(opened, id)
  await opened.valueIndexes.remove({ id, method: 'values' })
  opened.cache.commit([{ op: 'drop-account', id }, ...switchAway(opened, id)])
  opened.announce('accounts')
}

/** Values first, sign-in last: interrupted anywhere, the account is still there to be forgotten again. */
async function forgetAccount(opened: UnlockedVault, turn: Turn, account: Account, server: KeyServer): Promise<void> {
  // Without a whole index, values that the cache does not know may be named by the server's list alone. Nothing could name them once the
  // account is gone, so it stays until its person has signed in.
  const areListed = await opened.valueIndexes.isComplete(account)
  if (!areListed && !areAllValuesKnown(opened, account.id)) await syncKeys(opened, turn, account)
  await removeValues(opened, account.id)
  await removeDirectoryEntry(opened, account.id)
  await opened.valueIndexes.remove(account) // after the account: one that is still filed must be known to have no values left
  if (account.server !== null) return
  if (account.signedIn) await askServer(opened, account, () => server.deleteUser())
  await forgetSignIn(opened, account.id)
}

/**
 * @param onFailure a token that the keychain does not let go of is told: `token-kept`. Not so for a session that nobody has begun to use
 * @returns whether the server knows
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

async function saveAsCurrent(opened: UnlockedVault, account: Account): Promise<Account> {
  const isNew = opened.cache.accounts().every(({ id }) => id !== account.id)
  await saveDirectoryEntry(opened, account)
  opened.cache.commit([
    { op: 'put-account', account },
    { op: 'put-current', id: account.id },
  ])
  opened.announce('accounts')
  if (isNew) await opened.valueIndexes.createEmpty(account)
  return account
}
