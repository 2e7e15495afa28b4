import { items, writeItem } from './items.ts'
import type { KeyRecord } from './key.ts'
import type { Opened } from './opened.ts'
import { Refusal } from './refusal.ts'

/** Moves a sealed value into the keychain. While the keychain will not take it, the value stays sealed and nothing is lost. */
export async function settle(opened: Opened, record: KeyRecord): Promise<KeyRecord> {
  if (record.sealed === null) return record
  const item = items.value(record.accountId, record.id)
  try {
    await writeItem(opened.keychain, item, opened.root.open(record.sealed, item))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return record
  }
  const settled: KeyRecord = { ...record, value: 'here', sealed: null }
  opened.cache.commit([{ op: 'put-key', key: settled }])
  return settled
}

export async function settleAll(opened: Opened, accountId: string): Promise<void> {
  for (const record of opened.cache.keys(accountId)) {
    await settle(opened, record)
    if (opened.keychainTrouble(items.value(accountId, record.id)) !== null) return // each try may be a prompt
  }
}
