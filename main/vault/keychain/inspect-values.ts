import type { Turn } from '../../../shared/serial-queue.ts'
import { items } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Keychain } from '../ports/keychain.ts'

/** Checks again where a value could not be read, or was not what was stored: somebody may have unlocked or repaired the keychain. */
export function recheckValues(vault: UnlockedVault, accountId: string): Promise<void> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    if (vault.keychainTrouble() !== null || vault.cache.keys(accountId).some((record) => hasValueTrouble(vault, record))) {
      await inspectValues(vault, turn, accountId)
    }
  })
}

function hasValueTrouble(vault: UnlockedVault, { id, accountId, value }: KeyRecord): boolean {
  return value === 'missing' || value === 'changed' || vault.keychainTrouble(items.value(accountId, id)) !== null
}

/**
 * Checks that each value is still in the keychain as it was stored, and updates the records whose state changed. Items that the keychain
 * does not return keep their state, and so do all items while it returns none.
 */
export async function inspectValues(vault: UnlockedVault, _turn: Turn, accountId: string): Promise<void> {
  let changed = false
  let prompt = true
  for (const record of vault.cache.keys(accountId)) {
    if (record.value === 'sealed') continue
    const item = items.value(accountId, record.id)
    const read = await vault.keychain.read(item, prompt)
    const updated = recordAfterRead(vault, record, item, read)
    if (updated === null && vault.keychainTrouble() !== null) break
    if (updated === null) prompt = false // do not prompt again for each further item of a keyring that stayed locked
    if (updated === null || updated === record) continue
    vault.cache.commit([{ op: 'put-key', key: updated }])
    changed = true
  }
  if (changed) vault.announce('keys', accountId)
}

/** @returns null if the read does not tell the state */
function recordAfterRead(
  vault: UnlockedVault,
  record: KeyRecord,
  item: string,
  read: Awaited<ReturnType<Keychain['read']>>,
): KeyRecord | null {
  if (read.outcome === 'absent') return withState(record, 'missing')
  if (read.outcome === 'mismatch') return withState(record, 'changed')
  if (read.outcome !== 'ok') return null
  const fingerprint = vault.root.fingerprint(read.secret, item)
  if (record.fingerprint !== null && record.fingerprint !== fingerprint) return withState(record, 'changed')
  // This also corrects records of earlier versions, which stored the last four characters of shorter values too.
  const lastFour = read.secret.lastFour()
  if (record.value === 'here' && record.fingerprint !== null && record.lastFour === lastFour) return record
  return { ...record, value: 'here', lastFour, fingerprint }
}

/**
 * Changes only the state and keeps the rest of the record: a keyring that has just started may report for a moment that it has no items.
 * @returns the same record if nothing changes, because the keychain never had a value of this key
 */
function withState(record: KeyRecord, value: 'missing' | 'changed'): KeyRecord {
  const wasStored = record.value === 'here' || record.value === 'missing' || record.value === 'changed'
  return wasStored && record.value !== value ? { ...record, value } : record
}

/** Sets the value state after a read, on the current record: a key that was deleted meanwhile must not come back. */
export function setValueState(vault: UnlockedVault, { accountId, id }: KeyRecord, value: 'missing' | 'changed'): void {
  const record = vault.cache.key(accountId, id)
  if (record === null) return
  const updated = withState(record, value)
  if (updated === record) return
  vault.cache.commit([{ op: 'put-key', key: updated }])
  vault.announce('keys', accountId)
}
