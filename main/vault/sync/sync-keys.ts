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
 * Brings the cache to the server's list: states and names are the server's, values are ours. What changed elsewhere becomes
 * news, interrupted creations end here (without a key only by a list of a minute later), then the changes that wait are made; sealed
 * values go on to the keychain, and a key the server no longer has keeps its value and is marked gone.
 *
 * @throws Refusal if the server could not be asked, or the keychain not whether it has a new key's value; the account's
 *   `trouble` then says why
 */
export async function syncKeys(opened: UnlockedVault, turn: Turn, account: Account): Promise<void> {
  requireKeyManager(account)
  try {
    const askedAt = opened.clock()
    const listed = await askServer(opened, account, (server) => server.fetchAll())
    const { changes, unclear } = await compareWithServer(opened, account.id, listed, askedAt)
    if (unclear === null) recordSync(opened, account.id, changes)
    else opened.cache.commit(changes)
    const refused = await applyPendingChanges(opened, turn, account)
    if (unclear !== null) throw unclear
    await recoverValues(opened, turn, account.id, true)
    const [code] = refused.values()
    if (code !== undefined) recordTrouble(opened, account.id, code)
  } catch (error) {
    recordTrouble(opened, account.id, codeOf(error))
    throw error
  }
  await flushSealedValues(opened, turn, account.id)
  await emptyTrash(opened, turn, account.id)
  opened.announce('keys')
}

/**
 * A list that came back as it was, within a minute of the last time on disk, is not worth a write to it; what memory knows of
 * its age is then lost with the process, and at most a minute of it.
 */
function recordSync(opened: UnlockedVault, accountId: string, changes: readonly Change[]): void {
  const account = accountOf(opened, accountId)
  const now = opened.clock()
  opened.syncedAt.set(accountId, now)
  const recent = account.syncedAt !== null && now >= account.syncedAt && now - account.syncedAt < 60_000
  if (changes.length === 0 && account.trouble === null && recent) return
  opened.cache.commit([
    ...trimNotifications(opened, accountId),
    ...changes,
    { op: 'put-account', account: { ...account, syncedAt: now, trouble: null } },
  ])
}

/**
 * @returns `unclear`: why it cannot be told whether the value of a new key is here. Such a key is left for the next list; what is known of
 *   the others must not wait for it
 */
async function compareWithServer(
  opened: UnlockedVault,
  accountId: string,
  listed: readonly ServerKey[],
  askedAt: number,
): Promise<{ changes: Change[]; unclear: Refusal | null }> {
  const known = new Map(opened.cache.keys(accountId).map((record) => [record.id, record]))
  const intents = opened.cache.intents(accountId)
  const asked = new Map(intents.filter((one) => one.kind === 'create' && one.sent).map((one) => [one.name, one]))
  const waiting = new Map(intents.map((intent) => [intent.keyId, intent]))
  // All of the first list is new, and none of it is news.
  const first = accountOf(opened, accountId).syncedAt === null
  const changes: Change[] = []
  let unclear: Refusal | null = null
  for (const key of listed) {
    const record = known.get(key.id)
    known.delete(key.id)
    if (record !== undefined) {
      changes.push(...updateFromServer(opened, record, key, !first && !waiting.has(key.id)))
      continue
    }
    const creation = asked.get(key.name)
    asked.delete(key.name)
    const found: KeyRecord | Refusal = unclear ?? (await discoverKey(opened, accountId, key, creation !== undefined).catch(refusalOrThrow))
    if (found instanceof Refusal) {
      unclear = found
      continue
    }
    changes.push({ op: 'put-key', key: found })
    if (creation !== undefined)
      changes.push({ op: 'drop-intent', accountId, id: creation.id }, ...journalEntry(opened, 'created', { key: found }))
    else if (!first) changes.push(notify(opened, accountId, 'made', key))
  }
  for (const record of known.values()) {
    if (record.goneAt !== null) continue
    changes.push(...moveToTrash(opened, { ...record, goneAt: opened.clock() }))
    // What waited for the key tells of it, or wanted it so.
    if (!first && !waiting.has(record.id)) changes.push(notify(opened, accountId, 'gone', record))
  }
  for (const { id, name, at } of asked.values()) {
    if (mayStillBeRunning(at, askedAt)) continue
    changes.push({ op: 'drop-intent', accountId, id }, notify(opened, accountId, 'not-created', { id: null, name }))
  }
  return { changes, unclear }
}

/** A request that was given up may go on at the server. By a clock that was set back since, nothing can be told, and the list counts. */
function mayStillBeRunning(at: number, now: number): boolean {
  return now >= at && now - at < 60_000
}

function refusalOrThrow(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/**
 * A key known here, as the server now tells it.
 * @param isNews false for a change of ours whose answer was lost, one that the waiting change has its own words for, and all of a first list
 */
function updateFromServer(opened: UnlockedVault, record: KeyRecord, key: ServerKey, isNews: boolean): Change[] {
  const back = record.goneAt !== null
  if (!back && record.name === key.name && record.enabled === key.enabled) return []
  const put: Change = { op: 'put-key', key: { ...record, ...key, goneAt: null, goneFor: 0 } }
  if (back) return [put, notify(opened, record.accountId, 'back', key)]
  if (!isNews || record.enabled === key.enabled) return [put]
  return [put, notify(opened, record.accountId, key.enabled ? 'enabled' : 'disabled', key)]
}
