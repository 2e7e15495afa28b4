import type { Turn } from '../../../shared/serial-queue.ts'
import { items } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import { removeValue } from '../keychain/value-items.ts'

type GoneKey = KeyRecord & { readonly goneAt: number }

/** How long the value of a key that was deleted elsewhere is kept, in milliseconds. */
function retentionMs(opened: UnlockedVault): number {
  return opened.preferences().trashDays * 24 * 60 * 60 * 1000
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
export function listTrash(opened: UnlockedVault, accountId: string): TrashedValue[] {
  const waiting = new Set(opened.cache.intents(accountId).map((intent) => intent.keyId))
  return goneKeys(opened, accountId)
    .filter((record) => hasValue(record) && !waiting.has(record.id))
    .map((record) => {
      const { id, name, lastFour, goneAt } = record
      return { id, name, lastFour, goneAt, purgedAt: opened.clock() + Math.max(0, retentionMs(opened) - currentGoneFor(opened, record)) }
    })
    .sort((one, other) => one.goneAt - other.goneAt)
}

/**
 * The changes by which a key that the server no longer has keeps its value and nothing else: a site or an approval that came back together
 * with the key would be one that nobody remembers. A key whose value was never here is dropped altogether: otherwise a server could fill
 * the cache with keys that come and go.
 */
export function moveToTrash(opened: UnlockedVault, record: GoneKey): Change[] {
  const { accountId, id } = record
  opened.countedAt.delete(items.value(accountId, id))
  const isOfKey = ({ keyId }: { keyId: string }): boolean => keyId === id
  if (record.value === 'elsewhere') return [{ op: 'drop-key', accountId, id }]
  return [
    { op: 'put-key', key: record },
    ...opened.cache
      .sites(accountId)
      .filter(isOfKey)
      .map((site): Change => ({ op: 'drop-site', accountId, id: site.id })),
    ...opened.cache
      .grants(accountId)
      .filter(isOfKey)
      .map((grant): Change => ({ op: 'drop-grant', accountId, id: grant.id })),
  ]
}

/** Removes a value from the trash before its time. @throws Refusal `key-not-found`, `read-only` or `keychain-…` */
export function purgeTrashedValue(opened: UnlockedVault, accountId: string, id: string): Promise<void> {
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    const isInTrash = listTrash(opened, accountId).some((one) => one.id === id)
    const record = opened.cache.key(accountId, id)
    if (!isInTrash || record === null) throw new Refusal('key-not-found')
    await removeTrashed(opened, record)
    opened.announce('keys')
  })
}

/**
 * Removes the values whose time in the trash is over. Only the time in which Latchkey ran counts. The computer's clock is not used: a wrong
 * clock, or a date written into the record, would empty the trash at once. Call it after each list from the server.
 */
export async function emptyTrash(opened: UnlockedVault, _turn: Turn, accountId: string): Promise<void> {
  if (opened.readOnly !== null) return
  for (const record of updateGoneFor(opened, goneKeys(opened, accountId))) {
    if (record.goneFor < retentionMs(opened)) continue
    if (opened.keychainTrouble(items.value(accountId, record.id)) !== null) continue
    try {
      await removeTrashed(opened, record)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return // each further try may prompt; a later sync retries
    }
  }
}

/** Writes the elapsed time to the records. Less than a minute is left for the next time. */
function updateGoneFor(opened: UnlockedVault, records: readonly GoneKey[]): GoneKey[] {
  const counted = records.map((record) => ({ ...record, goneFor: currentGoneFor(opened, record) }))
  const grown = counted.filter(({ goneFor }, at) => goneFor - (records[at]?.goneFor ?? 0) >= 60_000)
  if (grown.length > 0) opened.cache.commit(grown.map((key) => ({ op: 'put-key', key })))
  for (const record of counted) {
    const item = items.value(record.accountId, record.id)
    if (grown.includes(record) || !opened.countedAt.has(item)) opened.countedAt.set(item, opened.elapsed())
  }
  return counted
}

/** The written time plus the time since. Counting starts when this process first sees the key in the trash. */
function currentGoneFor(opened: UnlockedVault, { accountId, id, goneFor }: GoneKey): number {
  const now = opened.elapsed()
  return goneFor + Math.max(0, Math.floor(now - (opened.countedAt.get(items.value(accountId, id)) ?? now)))
}

/** Removes the value and its record. Only a value that existed is journaled, because the number of journal lines is limited. */
async function removeTrashed(opened: UnlockedVault, record: KeyRecord): Promise<void> {
  const { accountId, id } = record
  await removeValue(opened, accountId, id)
  opened.countedAt.delete(items.value(accountId, id))
  opened.cache.commit([
    { op: 'drop-key', accountId, id },
    ...(hasValue(record) ? journalEntry(opened, 'value-removed', { key: record }) : []),
  ])
}

function goneKeys(opened: UnlockedVault, accountId: string): GoneKey[] {
  return opened.cache.keys(accountId).filter((record): record is GoneKey => record.goneAt !== null)
}

function hasValue(record: KeyRecord): boolean {
  return record.value === 'here' || record.value === 'sealed'
}
