import type { SkipReason } from '../../../shared/lists/transfer.ts'
import { storedLimit } from '../../vault/model/key.ts'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import { valueFault } from '../../vault/stored-values/value-fault.ts'

/** A value in another program's file, and its name there. */
export interface Found {
  readonly name: string
  readonly value: Secret
}

/** An entry that is not imported, and why. */
export interface Skipped {
  readonly name: string
  readonly why: SkipReason
}

export interface Reading {
  readonly found: Found[]
  readonly skipped: Skipped[]
  /** Longer values are skipped. */
  readonly maxValueBytes: number
}

/** An entry can have several skipped parts beside its value. */
const maxSkipped = 5 * storedLimit

/** The limit of the system keychain with the smallest items. */
const defaultMaxValueBytes = 2560

/** @param maxValueBytes bytes of a value that the keychain in use takes */
export function startReading(maxValueBytes = defaultMaxValueBytes): Reading {
  return { found: [], skipped: [], maxValueBytes }
}

/** Adds a value, or skips it if it cannot be stored. @throws Refusal `stored-limit` */
export function collectValue(reading: Reading, name: string, value: string): void {
  const fault = valueFault(value, reading.maxValueBytes)
  if (fault !== null) skip(reading, name, fault)
  else if (reading.found.length === storedLimit) throw new Refusal('stored-limit')
  else reading.found.push({ name, value: new Secret(value) })
}

/** Limited, because a large file can have millions of entries, each of which would be shown. @throws Refusal `stored-limit` */
export function skip({ skipped }: Reading, name: string, why: SkipReason): void {
  if (skipped.length === maxSkipped) throw new Refusal('stored-limit')
  skipped.push({ name, why })
}

/** An entry's title, with hints such as user or folder that distinguish it from others of the same title, the most likely first. */
export interface Titled {
  readonly title: string
  readonly hints: readonly (string | null | undefined)[]
}

/**
 * Names each entry: its title; if others have the same title, also the first hint that differs for all of them; or all of its hints
 * if no hint does.
 */
export function uniqueTitles(entries: readonly Titled[]): string[] {
  const sameTitle = new Map<string, Titled[]>()
  for (const entry of entries) {
    const group = sameTitle.get(entry.title.toLowerCase())
    if (group === undefined) sameTitle.set(entry.title.toLowerCase(), [entry])
    else group.push(entry)
  }
  const names = new Map<Titled, string>()
  for (const group of sameTitle.values()) {
    const hintIndex = group.length < 2 ? null : distinguishingHint(group)
    for (const entry of group) {
      const hints = hintIndex === null ? [] : hintIndex < 0 ? entry.hints : [entry.hints[hintIndex]]
      names.set(entry, [entry.title, ...hints.flatMap((hint) => hint?.trim() || [])].join(' · '))
    }
  }
  return entries.map((entry) => names.get(entry) ?? entry.title)
}

/** @returns the index of the first hint that differs for all entries; -1 if no hint does */
function distinguishingHint(sameTitle: readonly Titled[]): number {
  return (sameTitle[0]?.hints ?? []).findIndex(
    (_, at) => new Set(sameTitle.map(({ hints }) => hints[at]?.trim() ?? '')).size === sameTitle.length,
  )
}
