import type { Turn } from '../../../shared/serial-queue.ts'
import { managesKeys } from '../model/account.ts'
import { items } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { Refusal } from '../refusal.ts'
import type { IndexEntry } from './value-index.ts'

/**
 * Lists the values that the keychain's index names and the cache does not know: the cache was lost, or is an older copy of itself. Before
 * the first list from the server they are shown as its keys, so that they can be used while it cannot be reached. Those that its list
 * does not have go to the trash. A value that the keychain does not give now is looked for at the next sync.
 *
 * @param listed whether the cache has just been brought to the server's list
 */
export async function recoverValues(opened: UnlockedVault, _turn: Turn, accountId: string, listed: boolean): Promise<void> {
  const account = accountOf(opened, accountId)
  if (!listed && managesKeys(account) && account.syncedAt !== null) return // the next list tells keys from what is left of them
  const changes: Change[] = []
  for (const entry of await unknownEntries(opened, accountId)) {
    const found = await readValue(opened, accountId, entry)
    if (found === 'not-given') break // each more may be a prompt
    const gone = listed ? { enabled: false, goneAt: opened.clock() } : { enabled: true, goneAt: null }
    if (found !== null)
      changes.push({ op: 'put-key', key: { ...entry, ...found, ...gone, accountId, sealed: null, goneFor: 0, verified: null } })
  }
  if (changes.length === 0) return
  opened.cache.commit(changes)
  opened.announce('keys')
}

/** Without those that a creation under way may have made: the server's list tells what became of it. */
async function unknownEntries(opened: UnlockedVault, accountId: string): Promise<IndexEntry[]> {
  const asked = new Set(
    opened.cache
      .intents(accountId)
      .filter(({ kind }) => kind === 'create')
      .map(({ name }) => name),
  )
  const entries = await opened.valueIndexes.entries(accountOf(opened, accountId)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    return []
  })
  return entries.filter(({ id, name }) => !asked.has(name) && opened.cache.key(accountId, id) === null)
}

/** @returns null if there is no such item */
async function readValue(
  opened: UnlockedVault,
  accountId: string,
  { id }: IndexEntry,
): Promise<Pick<KeyRecord, 'value' | 'lastFour' | 'fingerprint'> | 'not-given' | null> {
  const item = items.value(accountId, id)
  const value = await opened.keychain.read(item)
  if (value.outcome === 'absent') return null
  if (value.outcome === 'mismatch') return { value: 'changed', lastFour: null, fingerprint: null }
  if (value.outcome !== 'ok') return 'not-given'
  return { value: 'here', lastFour: value.secret.lastFour(), fingerprint: opened.root.fingerprint(value.secret, item) }
}
