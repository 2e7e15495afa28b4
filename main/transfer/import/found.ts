import type { SkipReason } from '../../../shared/skip-reasons.ts'
import { storedLimit } from '../../vault/model/key.ts'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'

/** A value in a file from elsewhere, and what it is called there. */
export interface Found {
  readonly name: string
  readonly value: Secret
}

/** What a file has that is not taken, and why. */
export interface Passed {
  readonly name: string
  readonly why: SkipReason
}

export interface Reading {
  readonly found: Found[]
  readonly passed: Passed[]
  /** Bytes of a value that are taken. */
  readonly longest: number
}

/** An entry has several things that are not taken, beside a value that is. */
const passedLimit = 5 * storedLimit

/** What the smallest of the systems' keychains takes of one item. */
const shortestLimit = 2560

/** @param longest bytes of a value that the keychain in use takes */
export function readingOf(longest = shortestLimit): Reading {
  return { found: [], passed: [], longest }
}

/** Sorts one entry into those that can be kept and those that cannot. @throws Refusal `stored-limit` */
export function sort(reading: Reading, name: string, value: string): void {
  if (value === '') pass(reading, name, 'empty')
  else if (Buffer.byteLength(value) > reading.longest) pass(reading, name, 'too-long')
  else if (/[\0\ud800-\udfff]/u.test(value)) pass(reading, name, 'unreadable')
  else if (reading.found.length === storedLimit) throw new Refusal('stored-limit')
  else reading.found.push({ name, value: new Secret(value) })
}

/** A file of many megabytes can have millions of entries, each of which would be shown. @throws Refusal `stored-limit` */
export function pass({ passed }: Reading, name: string, why: SkipReason): void {
  if (passed.length === passedLimit) throw new Refusal('stored-limit')
  passed.push({ name, why })
}

/** An entry by its title, and by what tells it from others of the same one, as a user or a folder: the likeliest first. */
export interface Titled {
  readonly title: string
  readonly hints: readonly (string | null | undefined)[]
}

/**
 * What each entry is called: its title, and where others have the same, also the first hint that is another for each of them, or else all
 * of its hints.
 */
export function titlesOf(entries: readonly Titled[]): string[] {
  const alike = new Map<string, Titled[]>()
  for (const entry of entries) {
    const others = alike.get(entry.title.toLowerCase())
    if (others === undefined) alike.set(entry.title.toLowerCase(), [entry])
    else others.push(entry)
  }
  const names = new Map<Titled, string>()
  for (const group of alike.values()) {
    const telling = group.length < 2 ? null : tellingHint(group)
    for (const entry of group) {
      const hints = telling === null ? [] : telling < 0 ? entry.hints : [entry.hints[telling]]
      names.set(entry, [entry.title, ...hints.flatMap((hint) => hint?.trim() || [])].join(' · '))
    }
  }
  return entries.map((entry) => names.get(entry) ?? entry.title)
}

/** @returns which of their hints is another for each; -1 if none is */
function tellingHint(alike: readonly Titled[]): number {
  return (alike[0]?.hints ?? []).findIndex((_, at) => new Set(alike.map(({ hints }) => hints[at]?.trim() ?? '')).size === alike.length)
}
