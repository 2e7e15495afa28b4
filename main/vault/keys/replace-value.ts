import { randomBytes } from 'node:crypto'
import { noDetails } from '../../../shared/key-details.ts'
import type { JournalEvent } from '../../../shared/lists/journal-events.ts'
import type { Turn } from '../../../shared/serial-queue.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { Secret } from '../secret.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { isEarlierValue } from './earlier-value.ts'
import { flushSealedValue } from './flush-sealed-values.ts'
import { sealedRecord } from './persist-new-key.ts'

/**
 * Stores a key's new value. The value before it goes to the trash in the same commit.
 * @param before the value until now; null if the key had no value
 */
export async function replaceValue(
  vault: UnlockedVault,
  _turn: Turn,
  key: KeyRecord,
  {
    value,
    before,
    event,
    ...known
  }: { value: Secret; before: Secret | null; event: JournalEvent } & Pick<KeyRecord, 'verified' | 'service' | 'details'>,
): Promise<KeyRecord> {
  const trashedRecord = before === null || before.equals(value) ? null : toTrashedRecord(vault, key, before)
  const record: KeyRecord = { ...sealedRecord(vault, key.accountId, key, value), ...known }
  vault.cache.commit([
    ...(trashedRecord === null ? [] : [{ op: 'put-key' as const, key: trashedRecord }]),
    { op: 'put-key', key: record },
    ...journalEntry(vault, event, { key: record }),
  ])
  // The old value must be in the keychain under its new name before the new value overwrites it.
  if (trashedRecord !== null && (await flushSealedValue(vault, trashedRecord)).sealed !== null) return record
  return flushSealedValue(vault, record)
}

/** The old value as a record of a key that no server lists. It counts as the newest of its key, whatever the clock says. */
function toTrashedRecord(vault: UnlockedVault, key: KeyRecord, value: Secret): KeyRecord {
  const id = key.id.slice(0, 16) + randomBytes(4).toString('hex')
  const earlier = vault.cache.keys(key.accountId).filter((record) => isEarlierValue(record, key))
  const newest = Math.max(0, ...earlier.map(({ goneAt }) => goneAt ?? 0))
  const trashed = { ...key, id, enabled: false, details: { ...noDetails, expires: key.details.expires } }
  return { ...sealedRecord(vault, key.accountId, trashed, value), goneAt: Math.max(vault.clock(), newest + 1) }
}
