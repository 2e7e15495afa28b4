import type { Turn } from '../../../shared/serial-queue.ts'
import { journalEntry } from '../journal/journal.ts'
import { removeValue } from '../keychain/value-items.ts'
import { presentKeys, requireKey } from '../keys/list-keys.ts'
import { trackCreation } from '../keys/persist-new-key.ts'
import { replaceValue, storedValue } from '../keys/replace-value.ts'
import { type KeyRecord, type KeySummary, parseKeyName, storedLimit } from '../model/key.ts'
import { summaryOf } from '../model/key-summary.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { requireWritable } from '../session/read-only.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { issuingService } from './issuing-service.ts'
import { requireStoredAccount } from './stored-values.ts'
import { parseValue } from './value-fault.ts'

/** How many earlier values of one key the trash keeps. */
const maxEarlier = 10

/**
 * Gives a stored key a new value. The value before it goes to the trash, with the nine before that.
 * @param maxBytes bytes of a value that the keychain in use takes
 * @throws Refusal `not-allowed`, `key-not-found`, `value-unreadable`, `value-too-long`, `stored-limit`, `read-only`; `keychain-…` if the
 *   value before cannot be read. Nothing is changed then
 */
export function changeStoredValue(
  vault: UnlockedVault,
  { accountId, id, value: typed, maxBytes }: { accountId: string; id: string; value: Secret; maxBytes: number },
): Promise<KeySummary> {
  return inStoredAccount(vault, accountId, async (turn) => {
    const value = parseValue(typed, maxBytes)
    return summaryOf(vault, await changeTo(vault, turn, requireKey(vault, accountId, id), value))
  })
}

/**
 * Takes a value back from the trash: its key has it again, and the key's value until now goes to the trash. A value whose key was removed
 * becomes a key again.
 * @throws Refusal `not-allowed`, `key-not-found`, `name-taken`, `stored-limit`, `read-only`; `value-missing` or `keychain-…` if a value
 *   cannot be read
 */
export function restoreStoredValue(vault: UnlockedVault, accountId: string, id: string): Promise<KeySummary> {
  return inStoredAccount(vault, accountId, async (turn) => {
    const trashed = vault.cache.key(accountId, id)
    if (trashed === null || trashed.goneAt === null) throw new Refusal('key-not-found')
    const value = await storedValue(vault, trashed)
    if (value === null) throw new Refusal('value-missing')
    const key = presentKeys(vault, accountId).find((candidate) => isEarlierValue(trashed, candidate))
    if (key === undefined) return await bringBack(vault, trashed)
    const record = await changeTo(vault, turn, key, value)
    await dropTrashed(vault, trashed)
    return summaryOf(vault, record)
  })
}

/** @throws Refusal `not-allowed`, `key-not-found`, `name-invalid`, `name-taken`, `read-only`, `keychain-…`. Nothing is changed then */
export function renameStoredKey(vault: UnlockedVault, accountId: string, id: string, typedName: string): Promise<KeySummary> {
  return inStoredAccount(vault, accountId, async () => {
    const key = { ...requireKey(vault, accountId, id), name: parseKeyName(typedName) }
    requireFreeName(vault, key)
    await vault.valueIndexes.list(accountOf(vault, accountId), [key])
    vault.cache.commit([{ op: 'put-key', key }, ...journalEntry(vault, 'renamed', { key })])
    return summaryOf(vault, key)
  })
}

function inStoredAccount<T>(vault: UnlockedVault, accountId: string, work: (turn: Turn) => Promise<T>): Promise<T> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    requireStoredAccount(vault, accountId)
    const result = await work(turn)
    vault.announce('keys')
    return result
  })
}

async function changeTo(vault: UnlockedVault, turn: Turn, key: KeyRecord, value: Secret): Promise<KeyRecord> {
  const before = await storedValue(vault, key)
  if (before?.equals(value) === true) return key
  await makeRoom(vault, key)
  const service = await issuingService(value)
  return trackCreation(vault, () => replaceValue(vault, turn, key, { value, before, verified: null, service, event: 'value-changed' }))
}

/** Removes the oldest earlier value of a key that has ten, or of any key where the account is full. @throws Refusal `stored-limit` */
async function makeRoom(vault: UnlockedVault, key: KeyRecord): Promise<void> {
  const all = vault.cache.keys(key.accountId)
  const earlier = all.filter(({ goneAt }) => goneAt !== null).sort((one, other) => (one.goneAt ?? 0) - (other.goneAt ?? 0))
  const ofKey = earlier.filter((record) => isEarlierValue(record, key))
  if (ofKey.length < maxEarlier && all.length < storedLimit) return
  const [oldest] = ofKey.length < maxEarlier ? earlier : ofKey
  if (oldest === undefined) throw new Refusal('stored-limit')
  await dropTrashed(vault, oldest)
}

/** The id of an earlier value begins as its key's does. */
function isEarlierValue(trashed: KeyRecord, key: KeyRecord): boolean {
  return trashed.id.slice(0, 16) === key.id.slice(0, 16)
}

async function dropTrashed(vault: UnlockedVault, { accountId, id }: KeyRecord): Promise<void> {
  await removeValue(vault, accountId, id)
  vault.cache.commit([{ op: 'drop-key', accountId, id }])
}

async function bringBack(vault: UnlockedVault, trashed: KeyRecord): Promise<KeySummary> {
  const key = { ...trashed, enabled: true, goneAt: null, goneFor: 0 }
  requireFreeName(vault, key)
  await vault.valueIndexes.list(accountOf(vault, key.accountId), [key])
  vault.cache.commit([{ op: 'put-key', key }, ...journalEntry(vault, 'value-added', { key })])
  return summaryOf(vault, key)
}

function requireFreeName(vault: UnlockedVault, key: KeyRecord): void {
  const isTaken = presentKeys(vault, key.accountId).some(({ id, name }) => id !== key.id && name.toLowerCase() === key.name.toLowerCase())
  if (isTaken) throw new Refusal('name-taken')
}
