import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import { discoverKey } from './discover-keys.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord, ServerKey } from '../model/key.ts'
import { notify, trimNotifications } from './notifications.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { askServer, recordTrouble } from '../session/server-requests.ts'
import type { Change } from '../ports/cache.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { recoverValues } from '../keychain/recover-values.ts'
import { applyPendingChanges } from './apply-pending-changes.ts'
import { flushSealedValues } from '../keys/flush-sealed-values.ts'
import { emptyTrash, moveToTrash } from '../keys/trash.ts'

/**
 * Updates the cache with the server's list: states and names come from the server, values are ours. Changes made elsewhere become
 * notifications. Interrupted creations are settled (those without a key only by a list at least a minute later). Then pending changes are
 * applied, and sealed values move to the keychain. A key that the server no longer has keeps its value and is marked as gone.
 *
 * @throws Refusal if the server could not be reached, or the keychain could not be read for a new key; the account's `trouble` then has the
 *   reason
 */
export async function syncKeys(vault: UnlockedVault, turn: Turn, account: Account): Promise<void> {
  requireKeyManager(account)
  try {
    const askedAt = vault.clock()
    const listed = await askServer(vault, account, (server) => server.fetchAll())
    const { changes, unclear } = await compareWithServer(vault, account.id, listed, askedAt)
    if (unclear === null) recordSync(vault, account.id, changes)
    else vault.cache.commit(changes)
    const refused = await applyPendingChanges(vault, turn, account)
    if (unclear !== null) throw unclear
    await recoverValues(vault, turn, account.id, true)
    const [code] = refused.values()
    if (code !== undefined) recordTrouble(vault, account.id, code)
  } catch (error) {
    recordTrouble(vault, account.id, codeOf(error))
    throw error
  }
  await flushSealedValues(vault, turn, account.id)
  await emptyTrash(vault, turn, account.id)
  vault.announce('keys', account.id)
}

/**
 * Skips the write for an unchanged list within a minute of the last one on disk. The newer time is then known in memory only and lost with
 * the process.
 */
function recordSync(vault: UnlockedVault, accountId: string, changes: readonly Change[]): void {
  const account = accountOf(vault, accountId)
  const now = vault.clock()
  vault.syncedAt.set(accountId, now)
  const recent = account.syncedAt !== null && now >= account.syncedAt && now - account.syncedAt < 60_000
  if (changes.length === 0 && account.trouble === null && recent) return
  vault.cache.commit([
    ...trimNotifications(vault, accountId),
    ...changes,
    { op: 'put-account', account: { ...account, syncedAt: now, trouble: null } },
  ])
}

/**
 * @returns `unclear`: why the keychain could not tell whether it has the value of a new key. Such a key is left for the next list, without
 *   delaying the others
 */
async function compareWithServer(
  vault: UnlockedVault,
  accountId: string,
  listed: readonly ServerKey[],
  askedAt: number,
): Promise<{ changes: Change[]; unclear: Refusal | null }> {
  const known = new Map(vault.cache.keys(accountId).map((record) => [record.id, record]))
  const intents = vault.cache.intents(accountId)
  const sentCreations = new Map(intents.filter((intent) => intent.kind === 'create' && intent.sent).map((intent) => [intent.name, intent]))
  const pending = new Map(intents.map((intent) => [intent.keyId, intent]))
  // Every key of the first list is new, so none is worth a notification.
  const first = accountOf(vault, accountId).syncedAt === null
  const changes: Change[] = []
  let unclear: Refusal | null = null
  for (const key of listed) {
    const record = known.get(key.id)
    known.delete(key.id)
    if (record !== undefined) {
      changes.push(...updateFromServer(vault, record, key, !first && !pending.has(key.id)))
      continue
    }
    const creation = sentCreations.get(key.name)
    sentCreations.delete(key.name)
    const discovered: KeyRecord | Refusal = unclear ?? (await discoverKey(vault, accountId, key, creation).catch(refusalOrThrow))
    if (discovered instanceof Refusal) {
      unclear = discovered
      continue
    }
    changes.push({ op: 'put-key', key: discovered })
    if (creation !== undefined)
      changes.push({ op: 'drop-intent', accountId, id: creation.id }, ...journalEntry(vault, 'created', { key: discovered }))
    else if (!first) changes.push(notify(vault, accountId, 'made', key))
  }
  for (const record of known.values()) {
    if (record.goneAt !== null) continue
    changes.push(...moveToTrash(vault, { ...record, goneAt: vault.clock() }))
    // If a change was pending for this key, that change reports the outcome.
    if (!first && !pending.has(record.id)) changes.push(notify(vault, accountId, 'gone', record))
  }
  for (const { id, name, at } of sentCreations.values()) {
    if (mayStillBeRunning(at, askedAt)) continue
    changes.push({ op: 'drop-intent', accountId, id }, notify(vault, accountId, 'not-created', { id: null, name }))
  }
  return { changes, unclear }
}

/** A request that timed out may still be running at the server. If the clock was set back, its age is unknown, and the list decides. */
function mayStillBeRunning(at: number, now: number): boolean {
  return now >= at && now - at < 60_000
}

function refusalOrThrow(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/**
 * Updates a known key with the server's data.
 * @param isNews false for a change of ours whose answer was lost, for a key whose pending change reports the outcome itself, and for a
 *   first list
 */
function updateFromServer(vault: UnlockedVault, record: KeyRecord, key: ServerKey, isNews: boolean): Change[] {
  const isBack = record.goneAt !== null
  if (!isBack && record.name === key.name && record.enabled === key.enabled) return []
  const put: Change = { op: 'put-key', key: { ...record, ...key, goneAt: null, goneFor: 0 } }
  if (isBack) return [put, notify(vault, record.accountId, 'back', key)]
  if (!isNews || record.enabled === key.enabled) return [put]
  return [put, notify(vault, record.accountId, key.enabled ? 'enabled' : 'disabled', key)]
}
