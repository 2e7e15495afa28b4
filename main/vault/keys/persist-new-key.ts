import { noDetails } from '../../../shared/key-details.ts'
import type { Account } from '../model/account.ts'
import { items } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord, ServerKey } from '../model/key.ts'
import { askServer } from '../session/server-requests.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { Intent } from '../model/pending-change.ts'
import { Refusal } from '../refusal.ts'
import { detailsOf } from '../sync/pending-changes.ts'
import type { Secret } from '../secret.ts'
import { flushSealedValue } from './flush-sealed-values.ts'
import { putValue } from '../keychain/value-items.ts'

/** The record of a key whose value is known: the value is sealed under the root key until the keychain has taken it. */
export function sealedRecord(
  vault: UnlockedVault,
  accountId: string,
  key: ServerKey & Partial<Pick<KeyRecord, 'service' | 'details'>>,
  value: Secret,
): KeyRecord {
  const item = items.value(accountId, key.id)
  return {
    id: key.id,
    name: key.name,
    enabled: key.enabled,
    accountId,
    value: 'sealed',
    lastFour: value.lastFour(),
    sealed: vault.root.seal(value, item),
    goneAt: null,
    goneFor: 0,
    fingerprint: vault.root.fingerprint(value, item),
    verified: null,
    service: key.service ?? null,
    details: key.details ?? noDetails,
  }
}

/** Tracks a creation, which includes storing its value. A lock in the meantime waits for it before it closes the cache and the keychain. */
export function trackCreation<T>({ creations }: UnlockedVault, creation: () => Promise<T>): Promise<T> {
  const inProgress = creation()
  creations.add(inProgress)
  return inProgress.finally(() => creations.delete(inProgress))
}

/** Asks the server for a new key. @throws Refusal `answer-invalid` for a known id, whose value would be overwritten, or for another name */
export async function requestNewKey(vault: UnlockedVault, account: Account, name: string): Promise<{ key: ServerKey; value: Secret }> {
  const created = await askServer(vault, account, (server) => server.create(name))
  const isNew = vault.cache.key(account.id, created.key.id) === null
  if (!isNew || created.key.name !== name) throw new Refusal('answer-invalid', { mayHaveHappened: true })
  return created
}

/** Stores the value of a key that the server has just created: on disk first, in the same commit that ends the intent. */
export async function persistNewKey(
  vault: UnlockedVault,
  account: Account,
  intent: Intent,
  { key, value }: { key: ServerKey; value: Secret },
  also: readonly Change[] = [],
): Promise<KeyRecord> {
  let record: KeyRecord
  try {
    record = sealedRecord(vault, account.id, { ...key, details: detailsOf(intent) }, value)
    vault.cache.commit([
      { op: 'put-key', key: record },
      { op: 'drop-intent', accountId: account.id, id: intent.id },
      ...journalEntry(vault, 'created', { key: record }),
      ...also,
    ])
  } catch (error) {
    await saveOrDelete(vault, account, key, value)
    throw error
  }
  return flushSealedValue(vault, record)
}

/**
 * Handles a cache that could not take the value, because the disk is full. The keychain is the last place to store it, where the open
 * intent finds it later. If that fails too, the value is lost, so the key is deleted again.
 */
async function saveOrDelete(vault: UnlockedVault, account: Account, key: ServerKey, value: Secret): Promise<void> {
  try {
    await putValue(vault, { accountId: account.id, id: key.id, name: key.name }, value)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await askServer(vault, account, (server) => server.delete(key.id))
  }
}
