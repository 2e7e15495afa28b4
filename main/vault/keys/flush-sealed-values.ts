import type { Turn } from '../../../shared/serial-queue.ts'
import { items } from '../keychain/items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { Refusal } from '../refusal.ts'
import { isEarlierValue } from './earlier-value.ts'
import { putValue } from '../keychain/value-items.ts'

/** Moves a sealed value into the keychain. If the keychain refuses it, the value stays sealed in the cache. */
export async function flushSealedValue(vault: UnlockedVault, record: KeyRecord): Promise<KeyRecord> {
  if (record.sealed === null) return record
  const item = items.value(record.accountId, record.id)
  try {
    await putValue(vault, record, vault.root.open(record.sealed, item))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return record
  }
  const settled: KeyRecord = { ...record, value: 'here', sealed: null }
  vault.cache.commit([{ op: 'put-key', key: settled }])
  return settled
}

export async function flushSealedValues(vault: UnlockedVault, _turn: Turn, accountId: string): Promise<void> {
  const records = vault.cache.keys(accountId).filter(({ sealed }) => sealed !== null)
  if (records.length === 0) return
  try {
    await vault.valueIndexes.list(accountOf(vault, accountId), records) // one write for all of them
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return
  }
  // A key's earlier value first: the new value overwrites its item in the keychain.
  const trashed = records.filter(({ goneAt }) => goneAt !== null)
  const left: KeyRecord[] = []
  for (const record of [...trashed, ...records.filter(({ goneAt }) => goneAt === null)]) {
    if (left.some((earlier) => isEarlierValue(earlier, record))) continue
    const { sealed } = await flushSealedValue(vault, record)
    if (sealed !== null && record.goneAt !== null) left.push(record)
    if (vault.keychainTrouble(items.value(accountId, record.id)) !== null) return // each further try may prompt
  }
}
