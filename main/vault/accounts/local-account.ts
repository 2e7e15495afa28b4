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
 * The sign-in of the vault on this computer, an account of the embedded backend that the person never types. Its e-mail and password are
 * random. One keychain item holds them together with the account id, under which the values are stored, so that a new cache finds the
 * account and its values again.
 */
interface LocalSignIn {
  readonly accountId: string
  readonly email: string
  readonly password: Secret
}

/** Creates the local account, or signs in to the existing one. */
export function openLocal(vault: UnlockedVault): Promise<Account> {
  return vault.queues.runExclusive(items.local, () => openLocalExclusively(vault))
}

async function openLocalExclusively(vault: UnlockedVault): Promise<Account> {
  requireWritable(vault)
  const stored = await readSignIn(vault)
  const signIn = stored ?? (await makeSignIn(vault))
  return pendingSignIn(vault, { id: signIn.accountId, server: null }, () => signInToLocal(vault, signIn, stored === null))
}

async function signInToLocal(vault: UnlockedVault, signIn: LocalSignIn, isNew: boolean): Promise<Account> {
  const server = vault.servers.of({ id: signIn.accountId, server: null })
  // A new account cannot be registered yet, and each password check costs the backend a slow hash, so it registers without trying to sign
  // in first.
  if (isNew) await server.register(signIn.email, signIn.password)
  const { userId } = await signInLocal(vault, signIn.accountId, server)
  const known = vault.cache.accounts().find((account) => account.id === signIn.accountId)
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
  await saveDirectoryEntry(vault, account)
  vault.cache.commit([
    { op: 'put-account', account },
    { op: 'put-current', id: account.id },
  ])
  vault.announce('accounts')
  if (isNew && known === undefined) await vault.valueIndexes.createEmpty(account)
  return account
}

/**
 * Signs in with the password from the keychain. If the backend does not know it, because its data file is new, the account is registered
 * first.
 */
export async function signInLocal(vault: UnlockedVault, accountId: string, server: KeyServer): Promise<{ userId: string }> {
  const signIn = await readSignIn(vault)
  // The sign-in of another account would open another user's keys under this account's name.
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

async function readSignIn(vault: UnlockedVault): Promise<LocalSignIn | null> {
  const secret = await readItem(vault.keychain, items.local)
  if (secret === null) return null
  const [accountId, email, password, ...more] = secret.expose().split(' ')
  if (!accountId || !/^[0-9a-f]{16}$/.test(accountId) || !email || !password || more.length > 0) {
    throw new Refusal('keychain-mismatch')
  }
  return { accountId, email, password: new Secret(password) }
}

/** Removes the sign-in of a forgotten account, and no other account's. */
export async function forgetSignIn(vault: UnlockedVault, accountId: string): Promise<void> {
  if ((await readSignIn(vault))?.accountId === accountId) await removeItem(vault.keychain, items.local)
}

/** Creates a sign-in. An account that lost its sign-in from the keychain keeps its id, because its values are stored under it. */
async function makeSignIn(vault: UnlockedVault): Promise<LocalSignIn> {
  const accountId = vault.cache.accounts().find(({ method }) => method === 'local')?.id ?? newAccountId()
  const email = `vault-${randomBytes(8).toString('hex')}@latchkey.invalid`
  const password = randomBytes(32).toString('base64url')
  await writeItem(vault.keychain, items.local, new Secret(`${accountId} ${email} ${password}`))
  return { accountId, email, password: new Secret(password) }
}
