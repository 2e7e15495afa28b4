import type { Server } from '../model/account.ts'
import { removeDirectoryEntry } from './account-directory.ts'
import { items, readListItem, removeItem, writeItem } from '../keychain/items.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { ignoreRefusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { parseServer } from '../model/server.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * A sign-in in progress, recorded in the keychain beside the token that it stores. A sign-in stores its session token before its account is
 * on disk. Without this list, the token of a sign-in that was interrupted by a crash would be listed nowhere and never be removed.
 */
interface PendingSignIn {
  readonly id: string
  /** Null for the vault on this computer. */
  readonly server: Server | null
}

/**
 * Runs a sign-in to an account that is not on disk yet. The list names the account for as long as the keychain may hold a token of it
 * without an account.
 * @throws Refusal `keychain-…` before anything is sent, if the list cannot be written
 */
export async function pendingSignIn<T>(vault: UnlockedVault, signIn: PendingSignIn, work: () => Promise<T>): Promise<T> {
  const { id } = signIn
  vault.signingIn.add(id)
  try {
    await change(vault, (pending) => [...pending.filter((other) => other.id !== id), signIn])
    return await work()
  } finally {
    // If the keychain refuses, the list still names the sign-in, so the next opening retries.
    await removeIfSettled(vault, signIn).catch(ignoreRefusal)
    vault.signingIn.delete(id)
  }
}

/** Ends the sessions of sign-ins that never became an account, on their servers and in the keychain. */
export async function endInterruptedSignIns(vault: UnlockedVault): Promise<void> {
  for (const { id, server } of await pendingIn(vault)) {
    if (vault.signingIn.has(id)) continue
    if (!isOnRecord(vault, id)) {
      // The server may be unreachable. The token is removed anyway, and the session expires by age.
      await vault.servers.of({ id, server }).signOut().catch(ignoreRefusal)
      await removeDirectoryEntry(vault, id)
    }
    await removeIfSettled(vault, { id, server })
  }
}

/**
 * Removes a sign-in from the list once nothing of it can be lost: an account on disk lists its own token, and a sign-in without a token has
 * left at most its directory entry, which is removed here.
 */
async function removeIfSettled(vault: UnlockedVault, { id, server }: PendingSignIn): Promise<void> {
  if (!isOnRecord(vault, id)) {
    if ((await readListItem(vault.keychain, items.session(id))) !== null) return
    // The entry of the vault on this computer stays, because it may have values under its id.
    if (server !== null && (await readListItem(vault.keychain, items.account(id))) !== null) await removeDirectoryEntry(vault, id)
  }
  await change(vault, (pending) => pending.filter((other) => other.id !== id))
}

function isOnRecord({ cache }: UnlockedVault, id: string): boolean {
  return cache.accounts().some((account) => account.id === id)
}

function change(vault: UnlockedVault, to: (pending: readonly PendingSignIn[]) => readonly PendingSignIn[]): Promise<void> {
  return vault.queues.runExclusive(items.signIns, async () => {
    const next = to(await pendingIn(vault))
    // A keychain cannot store an empty item.
    if (next.length === 0) await removeItem(vault.keychain, items.signIns)
    else await writeItem(vault.keychain, items.signIns, new Secret(JSON.stringify(next)))
  })
}

/** Damaged entries are skipped: a damaged list must not keep a person from signing in. */
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
  return orElse(() => ({ id, server: parseServer(url, appId) }), null)
}
