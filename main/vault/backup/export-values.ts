import { labelIn } from '../keys/find-key.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRef } from '../model/key.ts'
import { findPresentKey, presentKeys } from '../keys/list-keys.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { journalEntriesIn, storePendingLines } from '../journal/pending-lines.ts'
import { Refusal } from '../refusal.ts'
import { releaseAll } from '../release/release.ts'
import type { Secret } from '../secret.ts'

export interface ExportedKey {
  readonly account: string
  readonly name: string
  readonly id: string
  readonly enabled: boolean
  readonly value: Secret
}

/** Values whose journal lines are written in one commit, which takes some milliseconds. */
const batchSize = 100

/** The keys whose values an export of these accounts would contain, and the number of keys without a value. */
export function exportable(vault: UnlockedVault, accountIds: readonly string[]): { keys: KeyRef[]; without: number } {
  const present = accountIds.flatMap((id) => presentKeys(vault, id))
  const withValue = present.filter(holdsValue)
  return { keys: withValue.map(({ accountId, id }) => ({ accountId, keyId: id })), without: present.length - withValue.length }
}

/**
 * Releases values for an export in clear text. Each value is journaled before it is released. Either all values are released or none; if
 * one is refused, the journal may already hold lines of values that were read before it.
 * @param to the kind of file, for the journal
 * @throws Refusal those of `release`; `key-not-found` also for a key that was deleted meanwhile and whose value is in the trash
 */
export async function exportValues(vault: UnlockedVault, keys: readonly KeyRef[], to: string): Promise<ExportedKey[]> {
  const labels = new Map(vault.cache.accounts().map((account) => [account.id, labelIn(vault, account)]))
  const records = keys.map(({ accountId, keyId }) => {
    const record = findPresentKey(vault, accountId, keyId)
    if (record === undefined) throw new Refusal('key-not-found')
    return { account: labels.get(accountId) ?? accountId, name: record.name, id: record.id, enabled: record.enabled }
  })
  const values: Secret[] = []
  for (let start = 0; start < keys.length; start += batchSize) {
    values.push(...(await releaseAll(vault, keys.slice(start, start + batchSize), { purpose: 'export' })))
    await new Promise(setImmediate)
  }
  const exported = journalEntry(vault, 'exported', { detail: `${keys.length} ${to}` })
  if (vault.readOnly !== null) await storePendingLines(vault, journalEntriesIn(exported))
  vault.cache.commit(exported)
  return records.flatMap((record, index) => {
    const value = values[index]
    return value === undefined ? [] : [{ ...record, value }]
  })
}
