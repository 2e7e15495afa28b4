import type { Environment } from './lists/keys.ts'
import { orElse } from './or-else.ts'

/** What a person writes down about a key, beside its name and value. Each text is in normal form: see `parseDetails`. */
export interface KeyDetails {
  readonly notes: string | null
  /** No two differ by case alone. */
  readonly tags: readonly string[]
  readonly environment: Environment | null
  /** The user or account that the key belongs to at its service. */
  readonly user: string | null
  /** The last day on which the value works, as `2027-01-31`. It belongs to the value: a new value has none. */
  readonly expires: string | null
  /** The https address where a new value is to be had; null for the one of the catalogue of services, if that has one. */
  readonly renewal: string | null
}

export const noDetails: KeyDetails = { notes: null, tags: [], environment: null, user: null, expires: null, renewal: null }

/** The largest number of tags, and the largest lengths in code points. */
export const detailLimits = { notes: 2000, tags: 10, tag: 32, user: 128, renewal: 2048 } as const

/** The fields that take more than a choice from a list. */
export type TypedDetail = 'notes' | 'tags' | 'user' | 'expires' | 'renewal'

/**
 * Brings typed details into normal form: Unicode NFC, without white space around them, blank texts and repeated tags left out, an address
 * as a browser shows it.
 * @returns the details, or the first field that is not valid
 */
export function parseDetails(typed: KeyDetails): { readonly details: KeyDetails } | { readonly fault: TypedDetail } {
  const notes = parseNotes(typed.notes ?? '')
  const tags = parseTags(typed.tags)
  const user = parseLine(typed.user ?? '', detailLimits.user)
  const expires = parseDay(typed.expires ?? '')
  const renewal = parseRenewal(typed.renewal ?? '')
  if (notes === undefined) return { fault: 'notes' }
  if (tags === undefined) return { fault: 'tags' }
  if (user === undefined) return { fault: 'user' }
  if (expires === undefined) return { fault: 'expires' }
  if (renewal === undefined) return { fault: 'renewal' }
  return { details: { notes, tags, environment: typed.environment, user, expires, renewal } }
}

export function areEqualDetails(one: KeyDetails, other: KeyDetails): boolean {
  return (
    one.notes === other.notes &&
    one.environment === other.environment &&
    one.user === other.user &&
    one.expires === other.expires &&
    one.renewal === other.renewal &&
    one.tags.length === other.tags.length &&
    one.tags.every((tag, at) => tag === other.tags[at])
  )
}

/** Several lines. @returns null for a blank text; undefined if it is not valid */
function parseNotes(text: string): string | null | undefined {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd()
  return checked(lines, detailLimits.notes, /[^\P{Cc}\n\t]|\p{Cs}/u)
}

/** @returns undefined if a tag is not valid, or there are too many */
function parseTags(texts: readonly string[]): string[] | undefined {
  const tags = new Map<string, string>()
  for (const text of texts) {
    const tag = parseLine(text, detailLimits.tag)
    if (tag === undefined || tag?.includes(',') === true) return undefined
    if (tag !== null && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  }
  return tags.size > detailLimits.tags ? undefined : [...tags.values()]
}

/** One line. @returns null for a blank text; undefined if it is not valid */
function parseLine(text: string, maxLength: number): string | null | undefined {
  return checked(text.trim().replace(/\p{Zs}+/gu, ' '), maxLength, /[\p{Cc}\p{Cs}\u2028\u2029]/u)
}

function checked(text: string, maxLength: number, refused: RegExp): string | null | undefined {
  const normal = text.normalize('NFC')
  if (normal === '') return null
  return refused.test(normal) || [...normal].length > maxLength ? undefined : normal
}

/** A day of the calendar. @returns null for a blank text; undefined if there is no such day */
function parseDay(text: string): string | null | undefined {
  const day = text.trim()
  if (day === '') return null
  const time = /^(?!0)\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  // Some engines take 30 February for 2 March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day
}

/** An address that starts nothing but a browser, and names nobody. @returns null for a blank text; undefined if it is not valid */
function parseRenewal(text: string): string | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const url = /[\p{Cc}\p{Cs}]/u.test(typed) ? null : orElse(() => new URL(typed), null)
  const isPlain = url !== null && url.protocol === 'https:' && url.username === '' && url.password === ''
  return isPlain && url.href.length <= detailLimits.renewal ? url.href : undefined
}
