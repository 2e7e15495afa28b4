import type { Turn } from '../../../shared/serial-queue.ts'
import { noDetails } from '../../../shared/key-details.ts'
import { managesKeys } from '../model/account.ts'
import { items } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { Refusal } from '../refusal.ts'
import { issuingService } from '../stored-values/issuing-service.ts'
import type { IndexEntry } from './value-index.ts'

/**
 * Lists the values that the keychain's index names and the cache does not know, because the cache was lost or is an older copy. Until the
 * server's first list they are shown as keys, so that they can be used while the server is unreachable. Values whose keys are not in the
 * server's list go to the trash. A value that the keychain does not return now is retried at the next sync.
 *
 * @param listed whether the cache has just been brought up to date with the server's list
 */
export async function recoverValues(vault: UnlockedVault, _turn: Turn, accountId: string, listed: boolean): Promise<void> {
  const account = accountOf(vault, accountId)
  if (!listed && managesKeys(account) && account.syncedAt !== null) return // the next list tells which keys still exist
  const changes: Change[] = []
  for (const entry of await unknownEntries(vault, accountId)) {
    const found = await readValue(vault, accountId, entry)
    if (found === 'unreadable') break // each further read may prompt
    const presence = listed || entry.trashed ? { enabled: false, goneAt: vault.clock() } : { enabled: true, goneAt: null }
    if (found !== null)
      changes.push({
        op: 'put-key',
        key: {
          id: entry.id,
          name: entry.name,
          ...found,
          ...presence,
          accountId,
          sealed: null,
          goneFor: 0,
          verified: null,
          details: noDetails,
        },
      })
  }
  if (changes.length === 0) return
  vault.cache.commit(changes)
  vault.announce('keys', accountId)
}

/** Leaves out values that a creation in progress may have made: the server's list tells what became of it. */
async function unknownEntries(vault: UnlockedVault, accountId: string): Promise<IndexEntry[]> {
  const namesInCreation = new Set(
    vault.cache
      .intents(accountId)
      .filter(({ kind }) => kind === 'create')
      .map(({ name }) => name),
  )
  const entries = await vault.valueIndexes.entries(accountOf(vault, accountId)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    return []
  })
  return entries.filter(({ id, name }) => !namesInCreation.has(name) && vault.cache.key(accountId, id) === null)
}

/** @returns null if the item does not exist */
async function readValue(
  vault: UnlockedVault,
  accountId: string,
  { id }: IndexEntry,
): Promise<Pick<KeyRecord, 'value' | 'lastFour' | 'fingerprint' | 'service'> | 'unreadable' | null> {
  const item = items.value(accountId, id)
  const value = await vault.keychain.read(item)
  if (value.outcome === 'absent') return null
  if (value.outcome === 'mismatch') return { value: 'changed', lastFour: null, fingerprint: null, service: null }
  if (value.outcome !== 'ok') return 'unreadable'
  const service = accountOf(vault, accountId).method === 'values' ? await issuingService(value.secret) : null
  return { value: 'here', lastFour: value.secret.lastFour(), fingerprint: vault.root.fingerprint(value.secret, item), service }
}
