import type { Turn } from '../../../shared/serial-queue.ts'
import { items } from '../keychain/items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { Refusal } from '../refusal.ts'
import { putValue } from '../keychain/value-items.ts'

/** Moves a sealed value into the keychain. If the keychain refuses it, the value stays sealed in the cache. */
export async function flushSealedValue(opened: UnlockedVault, record: KeyRecord): Promise<KeyRecord> {
  if (record.sealed === null) return record
  const item = items.value(record.accountId, record.id)
  try {
    await putValue(opened, record, opened.root.open(record.sealed, item))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return record
  }
  const settled: KeyRecord = { ...record, value: 'here', sealed: null }
  opened.cache.commit([{ op: 'put-key', key: settled }])
  return settled
}

export async function flushSealedValues(opened: UnlockedVault, _turn: Turn, accountId: string): Promise<void> {
  const records = opened.cache.keys(accountId).filter(({ sealed }) => sealed !== null)
  if (records.length === 0) return
  try {
    await opened.valueIndexes.list(accountOf(opened, accountId), records) // one write for all of them
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return
  }
  for (const record of records) {
    await flushSealedValue(opened, record)
    if (opened.keychainTrouble(items.value(accountId, record.id)) !== null) return // each further try may prompt
  }
}
