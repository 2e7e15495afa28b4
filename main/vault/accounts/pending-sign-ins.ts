import type { Server } from '../model/account.ts'
import { removeDirectoryEntry } from './account-directory.ts'
import { items, readListItem, removeItem, writeItem } from '../keychain/items.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { parseServer } from '../model/server.ts'

/**
 * The sign-ins under way, kept in the keychain beside the tokens that they put there. A sign-in stores its session's token before its
 * account is on record: without this list, the token of a sign-in that a crash ended would be listed nowhere, and would stay for ever.
 */
interface PendingSignIn {
  readonly id: string
  /** Null for the vault on this computer. */
  readonly server: Server | null
}

/**
 * Runs a sign-in to an account that is not on record yet. The list names it for as long as a token of it may be in the keychain without
 * an account.
 * @throws Refusal `keychain-…` before anything is sent, if the list cannot be written
 */
export async function pendingSignIn<T>(opened: UnlockedVault, signIn: PendingSignIn, work: () => Promise<T>): Promise<T> {
  const { id } = signIn
  opened.signingIn.add(id)
  try {
    await change(opened, (pending) => [...pending.filter((one) => one.id !== id), signIn])
    return await work()
  } finally {
    await ignoreRefusal(removeIfSettled(opened, signIn))
    opened.signingIn.delete(id)
  }
}

/** Ends the sessions of sign-ins that never came to be an account: on their servers, and in the keychain. */
export async function endInterruptedSignIns(opened: UnlockedVault): Promise<void> {
  for (const { id, server } of await pendingIn(opened)) {
    if (opened.signingIn.has(id)) continue
    if (!isOnRecord(opened, id)) {
      // Its server may not be reached: the token goes all the same, and the session ends by age.
      await ignoreRefusal(opened.servers.of({ id, server }).signOut())
      await removeDirectoryEntry(opened, id)
    }
    await removeIfSettled(opened, { id, server })
  }
}

/** With its account on record the token is listed there. Without the token, the entry that it filed is all that may be left. */
async function removeIfSettled(opened: UnlockedVault, { id, server }: PendingSignIn): Promise<void> {
  if (!isOnRecord(opened, id)) {
    if ((await readListItem(opened.keychain, items.session(id))) !== null) return
    // The vault on this computer keeps its id, under which it may have values.
    if (server !== null && (await readListItem(opened.keychain, items.account(id))) !== null) await removeDirectoryEntry(opened, id)
  }
  await change(opened, (pending) => pending.filter((one) => one.id !== id))
}

function isOnRecord({ cache }: UnlockedVault, id: string): boolean {
  return cache.accounts().some((account) => account.id === id)
}

function change(opened: UnlockedVault, to: (pending: readonly PendingSignIn[]) => readonly PendingSignIn[]): Promise<void> {
  return opened.queues.runExclusive(items.signIns, async () => {
    const next = to(await pendingIn(opened))
    // A keychain keeps no empty item.
    if (next.length === 0) await removeItem(opened.keychain, items.signIns)
    else await writeItem(opened.keychain, items.signIns, new Secret(JSON.stringify(next)))
  })
}

/** What is no entry of ours is left out: a list that somebody damaged must not keep a person from signing in. */
async function pendingIn({ keychain }: UnlockedVault): Promise<PendingSignIn[]> {
  const stored = await readListItem(keychain, items.signIns)
  if (stored === null || stored === 'unreadable') return []
  try {
    const entries: unknown = JSON.parse(stored.expose())
    return Array.isArray(entries) ? entries.flatMap((entry: unknown) => parse(entry) ?? []) : []
  } catch {
    return []
  }
}

function parse(entry: unknown): PendingSignIn | null {
  if (typeof entry !== 'object' || entry === null) return null
  const { id, server } = entry as Record<string, unknown>
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return null
  if (server === null) return { id, server }
  const { url, appId } = (server ?? {}) as Record<string, unknown>
  if (typeof url !== 'string' || typeof appId !== 'string') return null
  try {
    return { id, server: parseServer(url, appId) }
  } catch {
    return null
  }
}

/** What the keychain refuses now is tried again at the next opening: the list still has it. */
async function ignoreRefusal(done: Promise<void>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
