import { items } from '../keychain/items.ts'
import { presentKeys } from '../keys/list-keys.ts'
import { labelIn } from '../keys/find-key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import type { NewValue } from './stored-values.ts'
import { TimeSlice } from '../session/time-slice.ts'
import { transliterate } from './transliteration.ts'

/** A value that could be stored: under which name, and whether the vault already has it. */
export interface PlannedValue extends NewValue {
  /** Its name in the file. */
  readonly original: string
  /** The key that already has this value; null if no key has it. */
  readonly same: { readonly name: string; readonly account: string } | null
  /** The file has this value more than once, and this is not its first occurrence. */
  readonly repeated: boolean
}

const maxNameLength = 64

/**
 * Gives each value a valid name that no stored value has, and finds values that the vault already has. They are compared by fingerprint, so
 * no value is opened.
 * @throws Refusal `locked` if the vault was locked meanwhile
 */
export async function planImport(
  vault: UnlockedVault,
  found: readonly { readonly name: string; readonly value: Secret }[],
): Promise<PlannedValue[]> {
  const account = vault.cache.accounts().find(({ method }) => method === 'values')
  const taken = new Set((account === undefined ? [] : presentKeys(vault, account.id)).map(({ name }) => name.toLowerCase()))
  const counts = new Map<string, number>()
  const byLastFour = knownValues(vault)
  const seen = new Map<string, PlannedValue['same']>()
  const planned: PlannedValue[] = []
  const slice = new TimeSlice()
  for (const { name: original, value } of found) {
    if (slice.isOver) await slice.next()
    if (!vault.isOpen()) throw new Refusal('locked')
    const name = freeName(nameFrom(original), taken, counts)
    taken.add(name.toLowerCase())
    const fingerprint = vault.root.fingerprint(value, 'import')
    const earlier = seen.get(fingerprint)
    const same = earlier === undefined ? await findSame(vault, byLastFour, value, slice) : earlier
    seen.set(fingerprint, same)
    planned.push({ name, original, value, same, repeated: earlier !== undefined })
  }
  return planned
}

/** @returns the closest valid key name: transliterated to ASCII, without diacritics, and with `-` for other characters */
export function nameFrom(text: string): string {
  const plain = transliterate(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
  return plain.replace(/^-+|-+$/g, '').slice(0, maxNameLength) || 'value'
}

/** @param counts the last suffix given for each wanted name, so that a file with many equal names is not slow */
function freeName(wanted: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  const lowerCase = wanted.toLowerCase()
  for (let count = (counts.get(lowerCase) ?? 0) + 1; ; count += 1) {
    const ending = count === 1 ? '' : `-${count}`
    const name = wanted.slice(0, maxNameLength - ending.length) + ending
    if (taken.has(name.toLowerCase())) continue
    counts.set(lowerCase, count)
    return name
  }
}

interface KnownValue {
  readonly name: string
  readonly account: string
  readonly item: string
  readonly fingerprint: string
}

/**
 * Groups the keys by the last four characters of their values, which avoids most fingerprints. Values too short to have these form one
 * group.
 */
function knownValues(vault: UnlockedVault): Map<string | null, KnownValue[]> {
  const groups = new Map<string | null, KnownValue[]>()
  for (const account of vault.cache.accounts()) {
    const label = labelIn(vault, account)
    for (const { accountId, id, name, lastFour, fingerprint } of presentKeys(vault, account.id)) {
      if (fingerprint === null) continue
      const candidates = groups.get(lastFour) ?? []
      candidates.push({ name, account: label, item: items.value(accountId, id), fingerprint })
      groups.set(lastFour, candidates)
    }
  }
  return groups
}

/** Fingerprints between checks of the time slice: a thousand short values against a thousand stored ones are a million. */
const batchSize = 500

/** @throws Refusal `locked` */
async function findSame(
  vault: UnlockedVault,
  byLastFour: ReadonlyMap<string | null, readonly KnownValue[]>,
  value: Secret,
  slice: TimeSlice,
): Promise<PlannedValue['same']> {
  const candidates = byLastFour.get(value.lastFour()) ?? []
  for (let start = 0; start < candidates.length; start += batchSize) {
    if (slice.isOver) await slice.next()
    if (!vault.isOpen()) throw new Refusal('locked')
    const piece = candidates.slice(start, start + batchSize)
    const same = vault.root.fingerprints((of) => piece.find(({ item, fingerprint }) => of(value, item) === fingerprint))
    if (same !== undefined) return { name: same.name, account: same.account }
  }
  return null
}
