import type { Turn } from '../../../shared/serial-queue.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { items } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import { removeValue } from '../keychain/value-items.ts'

type GoneKey = KeyRecord & { readonly goneAt: number }

/** How long a value stays in the trash, in milliseconds. */
function retentionMs(vault: UnlockedVault): number {
  return vault.preferences().trashDays * 24 * 60 * 60 * 1000
}

/** The value of a key that the server no longer has. It can be revealed and copied until `purgedAt`. */
export interface TrashedValue {
  readonly id: string
  readonly name: string
  readonly lastFour: string | null
  readonly goneAt: number
  /** The earliest possible time: the remaining time counts only while Latchkey runs. */
  readonly purgedAt: number
}

/** The trash, oldest first. Keys with a pending deletion are excluded: their values are about to be removed. */
export function listTrash(vault: UnlockedVault, accountId: string): TrashedValue[] {
  const waiting = new Set(vault.cache.intents(accountId).map((intent) => intent.keyId))
  return goneKeys(vault, accountId)
    .filter((record) => holdsValue(record) && !waiting.has(record.id))
    .map((record) => {
      const { id, name, lastFour, goneAt } = record
      return { id, name, lastFour, goneAt, purgedAt: vault.clock() + Math.max(0, retentionMs(vault) - currentGoneFor(vault, record)) }
    })
    .sort((one, other) => one.goneAt - other.goneAt)
}

/**
 * The changes by which a key that the server no longer has keeps its value and nothing else: a site or an approval that came back together
 * with the key would be one that nobody remembers. A key whose value was never here is dropped altogether: otherwise a server could fill
 * the cache with keys that come and go.
 */
export function moveToTrash(vault: UnlockedVault, record: GoneKey): Change[] {
  const { accountId, id } = record
  vault.countedAt.delete(items.value(accountId, id))
  const isOfKey = ({ keyId }: { keyId: string }): boolean => keyId === id
  if (record.value === 'elsewhere') return [{ op: 'drop-key', accountId, id }]
  return [
    { op: 'put-key', key: record },
    ...vault.cache
      .sites(accountId)
      .filter(isOfKey)
      .map((site): Change => ({ op: 'drop-site', accountId, id: site.id })),
    ...vault.cache
      .grants(accountId)
      .filter(isOfKey)
      .map((grant): Change => ({ op: 'drop-grant', accountId, id: grant.id })),
  ]
}

/** Removes a value from the trash before its time. @throws Refusal `key-not-found`, `read-only` or `keychain-…` */
export function purgeTrashedValue(vault: UnlockedVault, accountId: string, id: string): Promise<void> {
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    const isInTrash = listTrash(vault, accountId).some((trashed) => trashed.id === id)
    const record = vault.cache.key(accountId, id)
    if (!isInTrash || record === null) throw new Refusal('key-not-found')
    await removeTrashed(vault, record)
    vault.announce('keys', accountId)
  })
}

/**
 * Removes the values whose time in the trash is over. Only the time in which Latchkey ran counts. The computer's clock is not used: a wrong
 * clock, or a date written into the record, would empty the trash at once. Call it after each list from the server.
 */
export async function emptyTrash(vault: UnlockedVault, _turn: Turn, accountId: string): Promise<void> {
  if (vault.readOnly !== null) return
  for (const record of updateGoneFor(vault, goneKeys(vault, accountId))) {
    if (record.goneFor < retentionMs(vault)) continue
    if (vault.keychainTrouble(items.value(accountId, record.id)) !== null) continue
    try {
      await removeTrashed(vault, record)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return // each further try may prompt; a later sync retries
    }
  }
}

/** Writes the elapsed time to the records. Less than a minute is left for the next time. */
function updateGoneFor(vault: UnlockedVault, records: readonly GoneKey[]): GoneKey[] {
  const counted = records.map((record) => ({ ...record, goneFor: currentGoneFor(vault, record) }))
  const grown = counted.filter(({ goneFor }, at) => goneFor - (records[at]?.goneFor ?? 0) >= 60_000)
  if (grown.length > 0) vault.cache.commit(grown.map((key) => ({ op: 'put-key', key })))
  for (const record of counted) {
    const item = items.value(record.accountId, record.id)
    if (grown.includes(record) || !vault.countedAt.has(item)) vault.countedAt.set(item, vault.elapsed())
  }
  return counted
}

/** The written time plus the time since. Counting starts when this process first sees the key in the trash. */
function currentGoneFor(vault: UnlockedVault, { accountId, id, goneFor }: GoneKey): number {
  const now = vault.elapsed()
  return goneFor + Math.max(0, Math.floor(now - (vault.countedAt.get(items.value(accountId, id)) ?? now)))
}

/** Removes the value and its record. Only a value that existed is journaled, because the number of journal lines is limited. */
async function removeTrashed(vault: UnlockedVault, record: KeyRecord): Promise<void> {
  const { accountId, id } = record
  await removeValue(vault, accountId, id)
  vault.countedAt.delete(items.value(accountId, id))
  vault.cache.commit([
    { op: 'drop-key', accountId, id },
    ...(holdsValue(record) ? journalEntry(vault, 'value-removed', { key: record }) : []),
  ])
}

function goneKeys(vault: UnlockedVault, accountId: string): GoneKey[] {
  return vault.cache.keys(accountId).filter((record): record is GoneKey => record.goneAt !== null)
}
