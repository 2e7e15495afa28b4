import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { items, readListItem } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord, ServerKey } from '../model/key.ts'
import { askServer } from '../session/server-requests.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent } from '../model/pending-change.ts'
import { codeOf } from '../refusal.ts'
import { detailsOf } from './pending-changes.ts'

/**
 * The record of a key that is seen for the first time. The keychain may already have its value: the cache may be new, or a creation was
 * interrupted after it was stored.
 * @param creation ours that made the key; undefined if it was made elsewhere
 */
export async function discoverKey(
  vault: UnlockedVault,
  accountId: string,
  key: ServerKey,
  creation: Intent | undefined,
): Promise<KeyRecord> {
  const item = items.value(accountId, key.id)
  const value = await readListItem(vault.keychain, item)
  const state =
    value === 'unreadable'
      ? ({ value: 'changed', lastFour: null, fingerprint: null } as const)
      : value !== null
        ? ({ value: 'here', lastFour: value.lastFour(), fingerprint: vault.root.fingerprint(value, item) } as const)
        : ({ value: creation === undefined ? 'elsewhere' : 'lost', lastFour: null, fingerprint: null } as const)
  return {
    id: key.id,
    name: key.name,
    enabled: key.enabled,
    accountId,
    ...state,
    sealed: null,
    goneAt: null,
    goneFor: 0,
    verified: null,
    service: null,
    details: detailsOf(creation),
  }
}

/**
 * Whether the server may have refused a creation because an earlier copy of the same request succeeded: proxies can send a request twice,
 * and then only the second answer arrives.
 */
export function mayBeDuplicateRequest(error: unknown): boolean {
  return codeOf(error) === 'name-taken' || codeOf(error) === 'quota-reached'
}

/**
 * Looks in the server's list for the key of a creation that failed with `mayBeDuplicateRequest`. A key of its name that was not in the list
 * before the request was created by it: the key is stored and the intent ends.
 * @returns the key; null if the list does not have it, so that the creation did not happen
 * @throws Refusal why the list cannot be fetched; the intent has to stay until a list settles it
 */
export async function findCreatedKey(vault: UnlockedVault, _turn: Turn, account: Account, intent: Intent): Promise<KeyRecord | null> {
  const listed = await askServer(vault, account, (server) => server.fetchAll())
  const known = new Set(vault.cache.keys(account.id).map(({ id }) => id))
  const key = listed.find(({ id, name }) => name === intent.name && !known.has(id))
  if (key === undefined) return null
  const record = await discoverKey(vault, account.id, key, intent)
  vault.cache.commit([
    { op: 'put-key', key: record },
    { op: 'drop-intent', accountId: account.id, id: intent.id },
    ...journalEntry(vault, 'created', { key: record }),
  ])
  return record
}
