import { items } from '../keychain/items.ts'
import { labelIn } from '../keys/find-key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import type { NewValue } from './stored-values.ts'
import { TimeSlice } from '../session/time-slice.ts'
import { transliterate } from './transliteration.ts'

/** A value that could be stored, under which name, and what of it is here already. */
export interface PlannedValue extends NewValue {
  /** As the file calls it. */
  readonly original: string
  /** The key that has this very value; null if none has. */
  readonly same: { readonly name: string; readonly account: string } | null
  /** The file has this value more than once, and this is not the first. */
  readonly repeated: boolean
}

const maxNameLength = 64

/**
 * Gives each value a name that keys can have and that no stored one has, and finds those that the vault has already: by their
 * fingerprints, for which no value has to be opened.
 * @throws Refusal `locked` if the vault was meanwhile
 */
export async function planImport(
  opened: UnlockedVault,
  found: readonly { readonly name: string; readonly value: Secret }[],
): Promise<PlannedValue[]> {
  const account = opened.cache.accounts().find(({ method }) => method === 'values')
  const taken = new Set((account === undefined ? [] : opened.cache.keys(account.id)).map(({ name }) => name.toLowerCase()))
  const counts = new Map<string, number>()
  const byLastFour = knownValues(opened)
  const seen = new Map<string, PlannedValue['same']>()
  const planned: PlannedValue[] = []
  const slice = new TimeSlice()
  for (const { name: original, value } of found) {
    if (slice.isOver) await slice.next()
    if (!opened.isOpen()) throw new Refusal('locked')
    const name = freeName(nameFrom(original), taken, counts)
    taken.add(name.toLowerCase())
    const print = opened.root.fingerprint(value, 'import')
    const before = seen.get(print)
    const same = before === undefined ? await findSame(opened, byLastFour, value, slice) : before
    seen.set(print, same)
    planned.push({ name, original, value, same, repeated: before !== undefined })
  }
  return planned
}

/** @returns the nearest that a key's name can be: letters as ASCII writes them, without their marks, and `-` for what it may not have */
export function nameFrom(text: string): string {
  const plain = transliterate(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
  return plain.replace(/^-+|-+$/g, '').slice(0, maxNameLength) || 'value'
}

/** @param counts by the name wanted: which ending was given last, so that a file with one name many times is not slow */
function freeName(wanted: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  const known = wanted.toLowerCase()
  for (let count = (counts.get(known) ?? 0) + 1; ; count += 1) {
    const ending = count === 1 ? '' : `-${count}`
    const name = wanted.slice(0, maxNameLength - ending.length) + ending
    if (taken.has(name.toLowerCase())) continue
    counts.set(known, count)
    return name
  }
}

interface KnownValue {
  readonly name: string
  readonly account: string
  readonly item: string
  readonly fingerprint: string
}

/** By the last four characters of their values, which spares most of the fingerprints. Values that are too short for them are all together. */
function knownValues(opened: UnlockedVault): Map<string | null, KnownValue[]> {
  const known = new Map<string | null, KnownValue[]>()
  for (const account of opened.cache.accounts()) {
    const label = labelIn(opened, account)
    for (const { accountId, id, name, lastFour, fingerprint } of opened.cache.keys(account.id)) {
      if (fingerprint === null) continue
      const candidates = known.get(lastFour) ?? []
      candidates.push({ name, account: label, item: items.value(accountId, id), fingerprint })
      known.set(lastFour, candidates)
    }
  }
  return known
}

/** A thousand short values beside a thousand stored ones are a million fingerprints. */
const batchSize = 500

/** @throws Refusal `locked` */
async function findSame(
  opened: UnlockedVault,
  byLastFour: ReadonlyMap<string | null, readonly KnownValue[]>,
  value: Secret,
  slice: TimeSlice,
): Promise<PlannedValue['same']> {
  const candidates = byLastFour.get(value.lastFour()) ?? []
  for (let start = 0; start < candidates.length; start += batchSize) {
    if (slice.isOver) await slice.next()
    if (!opened.isOpen()) throw new Refusal('locked')
    const piece = candidates.slice(start, start + batchSize)
    const same = opened.root.fingerprints((of) => piece.find(({ item, fingerprint }) => of(value, item) === fingerprint))
    if (same !== undefined) return { name: same.name, account: same.account }
  }
  return null
}
