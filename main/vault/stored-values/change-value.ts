import type { Turn } from '../../../shared/serial-queue.ts'
import { journalEntry } from '../journal/journal.ts'
import { setValueState } from '../keychain/inspect-values.ts'
import { openValue } from '../keychain/open-value.ts'
import { removeValue } from '../keychain/value-items.ts'
import { presentKeys, requireKey } from '../keys/list-keys.ts'
import { trackCreation } from '../keys/persist-new-key.ts'
import { isEarlierValue } from '../keys/earlier-value.ts'
import { replaceValue } from '../keys/replace-value.ts'
import { type KeyRecord, type KeySummary, parseKeyName, storedLimit } from '../model/key.ts'
import { summaryOf } from '../model/key-summary.ts'
import { codeOf, Refusal } from '../refusal.ts'
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
 * @throws Refusal `not-allowed`, `key-not-found`, `value-unreadable`, `value-too-long`, `stored-limit`, `read-only`;
 *   `keychain-…` or `value-missing` if the value before cannot be read. Nothing is changed then
 */
export function changeStoredValue(
  vault: UnlockedVault,
  { accountId, id, value: typed, maxBytes }: { accountId: string; id: string; value: Secret; maxBytes: number },
): Promise<KeySummary> {
  return inStoredAccount(vault, accountId, async (turn) => {
    const value = parseValue(typed, maxBytes)
    return summaryOf(vault, await changeTo(vault, turn, requireKey(vault, accountId, id), value, null))
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
    const value = await openValue(vault, trashed)
    if (value === null) throw new Refusal('value-missing')
    const key = presentKeys(vault, accountId).find((candidate) => isEarlierValue(trashed, candidate))
    if (key === undefined) return await bringBack(vault, trashed)
    return summaryOf(vault, await changeTo(vault, turn, key, value, trashed))
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
    vault.announce('keys', accountId)
    return result
  })
}

/** @param taken the earlier value that the key gets; null for a new value */
async function changeTo(vault: UnlockedVault, turn: Turn, key: KeyRecord, value: Secret, taken: KeyRecord | null): Promise<KeyRecord> {
  const before = await valueBefore(vault, key)
  const leaving = taken === null ? leavingFor(vault, key) : [taken]
  const service = await issuingService(value)
  return trackCreation(vault, async () => {
    const isSame = before?.equals(value) === true
    const details = { ...key.details, expires: taken?.details.expires ?? null }
    const change = { value, before, verified: null, service, details, event: 'value-changed' } as const
    const record = isSame ? key : await replaceValue(vault, turn, key, change)
    // Last, and only once the keychain has both values: until then, what leaves may be the last copy.
    if (record.sealed === null && !(isSame && taken === null)) for (const earlier of leaving) await dropTrashed(vault, earlier)
    return record
  })
}

/**
 * The key's value before a change; null if the keychain has none, or one that is not the key's.
 * @throws Refusal `value-missing` for the first time that a value is not there: a keyring that has just started may return it a moment later
 */
async function valueBefore(vault: UnlockedVault, key: KeyRecord): Promise<Secret | null> {
  try {
    const value = await openValue(vault, key)
    if (value !== null || key.value !== 'here') return value
  } catch (error) {
    if (codeOf(error) === 'keychain-mismatch') return null
    throw error
  }
  setValueState(vault, key, 'missing')
  throw new Refusal('value-missing')
}

/**
 * What leaves the trash for a new earlier value: the oldest of a key that has ten, or the oldest of all where the account is full.
 * @throws Refusal `stored-limit`
 */
function leavingFor(vault: UnlockedVault, key: KeyRecord): readonly KeyRecord[] {
  const all = vault.cache.keys(key.accountId)
  const earlier = all.filter(({ goneAt }) => goneAt !== null).sort((one, other) => (one.goneAt ?? 0) - (other.goneAt ?? 0))
  const ofKey = earlier.filter((record) => isEarlierValue(record, key))
  if (ofKey.length >= maxEarlier) return ofKey.slice(0, ofKey.length - maxEarlier + 1)
  if (all.length < storedLimit) return []
  if (earlier.length === 0) throw new Refusal('stored-limit')
  return earlier.slice(0, 1)
}

async function dropTrashed(vault: UnlockedVault, key: KeyRecord): Promise<void> {
  const { accountId, id } = key
  await removeValue(vault, accountId, id)
  vault.cache.commit([{ op: 'drop-key', accountId, id }, ...journalEntry(vault, 'value-removed', { key })])
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
