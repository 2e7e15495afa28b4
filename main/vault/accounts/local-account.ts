import { randomBytes } from 'node:crypto'
import type { Account } from '../model/account.ts'
import { newAccountId } from '../model/account.ts'
import { saveDirectoryEntry } from './account-directory.ts'
import { items, readItem, removeItem, writeItem } from '../keychain/items.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { KeyServer } from '../ports/key-servers.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { pendingSignIn } from './pending-sign-ins.ts'

/**
 * The vault on this computer: an account of the embedded backend with nothing to remember. Its e-mail and password are
 * random and rest in one keychain item together with the account's id, under which the values are filed, so that a new
 * cache finds the account and its values again.
 */
interface LocalSignIn {
  readonly accountId: string
  readonly email: string
  readonly password: Secret
}

/** Makes the local account, or signs in to the one there is. */
export function openLocal(opened: UnlockedVault): Promise<Account> {
  return opened.queues.runExclusive(items.local, () => openLocalExclusively(opened))
}

async function openLocalExclusively(opened: UnlockedVault): Promise<Account> {
  requireWritable(opened)
  const stored = await readSignIn(opened)
  const signIn = stored ?? (await makeSignIn(opened))
  return pendingSignIn(opened, { id: signIn.accountId, server: null }, () => signInToLocal(opened, signIn, stored === null))
}

async function signInToLocal(opened: UnlockedVault, signIn: LocalSignIn, isNew: boolean): Promise<Account> {
  const server = opened.servers.of({ id: signIn.accountId, server: null })
  // A new one is unknown for sure, and each look at a password costs the backend a slow hash.
  if (isNew) await server.register(signIn.email, signIn.password)
  const { userId } = await signInLocal(opened, signIn.accountId, server)
  const known = opened.cache.accounts().find((one) => one.id === signIn.accountId)
  const account: Account = {
    id: signIn.accountId,
    server: null,
    method: 'local',
    email: null,
    userId,
    signedIn: true,
    syncedAt: known?.syncedAt ?? null,
    trouble: null,
  }
  await saveDirectoryEntry(opened, account)
  opened.cache.commit([
    { op: 'put-account', account },
    { op: 'put-current', id: account.id },
  ])
  opened.announce('accounts')
  if (isNew && known === undefined) await opened.valueIndexes.createEmpty(account)
  return account
}

/** Signs in with the password from the keychain, and registers first if the backend does not know it (a new data file). */
export async function signInLocal(opened: UnlockedVault, accountId: string, server: KeyServer): Promise<{ userId: string }> {
  const signIn = await readSignIn(opened)
  // Another account's would open another user's keys under this one's name.
  if (signIn?.accountId !== accountId) throw new Refusal('keychain-absent')
  const { email, password } = signIn
  try {
    return await server.signIn({ method: 'email', email, password })
  } catch (error) {
    if (codeOf(error) !== 'wrong-credentials') throw error
    await server.register(email, password)
    return server.signIn({ method: 'email', email, password })
  }
}

async function readSignIn(opened: UnlockedVault): Promise<LocalSignIn | null> {
  const secret = await readItem(opened.keychain, items.local)
  if (secret === null) return null
  const [accountId, email, password, ...more] = secret.expose().split(' ')
  if (!accountId || !/^[0-9a-f]{16}$/.test(accountId) || !email || !password || more.length > 0) {
    throw new Refusal('keychain-mismatch')
  }
  return { accountId, email, password: new Secret(password) }
}

/** Removes the sign-in of an account that is forgotten, and no other's. */
export async function forgetSignIn(opened: UnlockedVault, accountId: string): Promise<void> {
  if ((await readSignIn(opened))?.accountId === accountId) await removeItem(opened.keychain, items.local)
}

/** An account whose sign-in was lost from the keychain gets a new one: its values are filed under its id. */
async function makeSignIn(opened: UnlockedVault): Promise<LocalSignIn> {
  const accountId = opened.cache.accounts().find(({ method }) => method === 'local')?.id ?? newAccountId()
  const email = `vault-${randomBytes(8).toString('hex')}@latchkey.invalid`
  const password = randomBytes(32).toString('base64url')
  await writeItem(opened.keychain, items.local, new Secret(`${accountId} ${email} ${password}`))
  return { accountId, email, password: new Secret(password) }
}
