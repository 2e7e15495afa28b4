import type { Account, Credentials, Server } from './account.ts'
import { newAccountId } from './account.ts'
import { items, removeItem } from './items.ts'
import type { Opened } from './opened.ts'
import { accountOf, ask } from './opened.ts'
import type { KeyServer } from './ports.ts'
import { codeOf, Refusal } from './refusal.ts'
import type { Secret } from './secret.ts'
import { inTurn } from './turns.ts'

/** Signs in to an app and makes the account current. The same user by the same method is the same account again. */
export async function signIn(opened: Opened, server: Server, credentials: Credentials): Promise<Account> {
  const id = newAccountId()
  const keyServer = opened.servers.of({ id, server })
  const { userId } = await keyServer.signIn(credentials)
  const known = opened.cache
    .accounts()
    .find(
      (one) =>
        one.server?.url === server.url &&
        one.server.appId === server.appId &&
        one.userId === userId &&
        one.method === credentials.method,
    )
  if (known === undefined) {
    const email = credentials.method === 'email' ? credentials.email : null
    const { method } = credentials
    return become(opened, { id, server, method, email, userId, signedIn: true, syncedAt: null, trouble: null })
  }
  // The session just opened belongs to an id nobody will use: it is ended, and the account opens its own.
  await endSession(keyServer)
  if (!known.signedIn) await opened.servers.of(known).signIn(credentials)
  return become(opened, { ...known, signedIn: true, trouble: null })
}

/** @returns the account, or null if the server wants the e-mail confirmed before the first sign-in */
export async function register(opened: Opened, server: Server, email: string, password: Secret): Promise<Account | null> {
  await opened.servers.of({ id: newAccountId(), server }).register(email, password)
  try {
    return await signIn(opened, server, { method: 'email', email, password })
  } catch (error) {
    // Since May 2024 the real service calls an unconfirmed e-mail wrong credentials, which they cannot be here.
    if (codeOf(error) === 'email-unconfirmed' || codeOf(error) === 'wrong-credentials') return null
    throw error
  }
}

/**
 * Gives an anonymous account an e-mail and password. The user and its id stay; the anonymous session ends, because the
 * server judges a session by how it began, and one opened with the e-mail takes its place.
 */
export function link(opened: Opened, accountId: string, email: string, password: Secret): Promise<Account> {
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    if (account.method !== 'anonymous') throw new Refusal('account-exists')
    if (!account.signedIn) throw new Refusal('signed-out')
    await ask(opened, account, async (server) => {
      await server.register(email, password).catch((error: unknown) => {
        // Taken may mean: registered by us a moment ago, and interrupted before the link. The link itself decides.
        if (codeOf(error) !== 'email-taken') throw error
      })
      await server.link(email, password)
    })
    const server = opened.servers.of(account)
    await endSession(server)
    await server.signIn({ method: 'email', email, password })
    return become(opened, { ...account, method: 'email', email, signedIn: true, trouble: null })
  })
}

/** @throws Refusal `account-not-found` */
export function switchTo(opened: Opened, accountId: string): Account {
  return become(opened, accountOf(opened, accountId))
}

/**
 * Ends the account's session here and on the server. Values stay in the keychain unless `forgetValues`; then they go, and
 * the account with them (for the vault on this computer, its user in the embedded backend too).
 * @returns whether the server was told; if not, its session ends by age
 */
export function signOut(opened: Opened, accountId: string, forgetValues: boolean): Promise<{ revoked: boolean }> {
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    const server = opened.servers.of(account)
    if (forgetValues) await forget(opened, account, server)
    const revoked = await endSession(server) // also when signed out by the server: a token may still be kept
    const next = opened.cache.accounts().find((one) => one.id !== accountId && one.signedIn)
    opened.cache.commit([
      forgetValues
        ? { op: 'drop-account', id: accountId }
        : { op: 'put-account', account: { ...account, signedIn: false, trouble: null } },
      ...(opened.cache.current() === accountId ? [{ op: 'put-current' as const, id: next?.id ?? null }] : []),
    ])
    opened.announce('accounts')
    return { revoked }
  })
}

/** Values first, sign-in last: interrupted anywhere, the account is still there to be forgotten again. */
async function forget(opened: Opened, account: Account, server: KeyServer): Promise<void> {
  for (const key of opened.cache.keys(account.id)) await removeItem(opened.keychain, items.value(account.id, key.id))
  if (account.server !== null) return
  if (account.signedIn) await ask(opened, account, () => server.deleteUser())
  await removeItem(opened.keychain, items.local)
}

/** @returns whether the server knows. The tokens are gone from this computer either way. */
async function endSession(server: KeyServer): Promise<boolean> {
  try {
    await server.signOut()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'session-ended'
  }
}

function become(opened: Opened, account: Account): Account {
  opened.cache.commit([
    { op: 'put-account', account },
    { op: 'put-current', id: account.id },
  ])
  opened.announce('accounts')
  return account
}
