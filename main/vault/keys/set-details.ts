import { areEqualDetails, type KeyDetails, parseDetails } from '../../../shared/key-details.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord, KeySummary } from '../model/key.ts'
import { summaryOf } from '../model/key-summary.ts'
import { Refusal } from '../refusal.ts'
import { requireWritable } from '../session/read-only.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { requireKey } from './list-keys.ts'

/**
 * Sets everything that a person writes down about a key. Idempotent. The journal records that it was done, and nothing of the text.
 * @throws Refusal `notes-invalid`, `tags-invalid`, `user-invalid`, `expires-invalid`, `renewal-invalid`; `key-not-found`, `read-only`,
 *   `disk-full`. Nothing is changed then
 */
export function setKeyDetails(vault: UnlockedVault, accountId: string, id: string, typed: KeyDetails): Promise<KeySummary> {
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    const record = requireKey(vault, accountId, id)
    const parsed = parseDetails(typed)
    if ('fault' in parsed) throw new Refusal(`${parsed.fault}-invalid`)
    const key: KeyRecord = { ...record, details: parsed.details }
    if (areEqualDetails(parsed.details, record.details)) return summaryOf(vault, record)
    vault.cache.commit([{ op: 'put-key', key }, ...journalEntry(vault, 'details-changed', { key })])
    vault.announce('keys', accountId)
    return summaryOf(vault, key)
  })
}

/**
 * Where a new value of a key is to be had: the address that its person wrote down, or the one of its service.
 * @throws Refusal `key-not-found`; `renewal-unknown` if neither is known
 */
export async function renewalAddress(vault: UnlockedVault, accountId: string, id: string): Promise<string> {
  const { details, service } = requireKey(vault, accountId, id)
  const address = details.renewal ?? (service === null ? null : await renewalOfService(service))
  if (address === null) throw new Refusal('renewal-unknown')
  return address
}

async function renewalOfService(id: string): Promise<string | null> {
  const { catalogue } = await import('../../../shared/services/catalogue.ts') // loaded late: a start needs no catalogue
  return catalogue.find((service) => service.id === id)?.renew ?? null
}
