import type { Key } from '../../../../preload/contract.ts'
import { detailsText, hasSoughtDetails, parseSearch } from './soughtDetails.ts'

export const orders = ['name', 'newest', 'oldest', 'enabled'] as const
export type Order = (typeof orders)[number]

// Numeric collation: deploy-2 sorts before deploy-10.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Names that differ only in case, and keys created within one second, are ordered by id, so that the order is stable. */
function byName(one: Key, other: Key): number {
  return names.compare(one.name, other.name) || (one.id < other.id ? -1 : 1)
}

const comparisons: Record<Order, (one: Key, other: Key) => number> = {
  name: byName,
  newest: (one, other) => other.createdAt - one.createdAt || byName(one, other),
  oldest: (one, other) => one.createdAt - other.createdAt || byName(one, other),
  enabled: (one, other) => Number(other.enabled) - Number(one.enabled) || byName(one, other),
}

/** Returns the keys in that order. The given array is not changed. */
export function sortKeys(keys: readonly Key[], order: Order): Key[] {
  return sortByKey(keys, order, (key) => key)
}

/** Like `sortKeys`, for what has a key. */
export function sortByKey<T>(items: readonly T[], order: Order, keyOf: (item: T) => Key): T[] {
  const compare = comparisons[order]
  return [...items].sort((one, other) => compare(keyOf(one), keyOf(other)))
}

/** The texts of a key that a search looks at, in lower case, one on each line. The last four characters are compared apart: their case matters. */
export function searchText(key: Key): string {
  return [key.name, key.id, key.service ?? '', detailsText(key)].join('\n').toLowerCase()
}

/**
 * The keys whose name, id, service or details contain the text, or whose value ends with it. `tag:` and `env:` name what a tag or the
 * environment begins with. An empty text matches all.
 */
export function searchKeys(keys: readonly Key[], text: string): Key[] {
  const sought = parseSearch(text)
  const folded = sought.words.normalize('NFC').toLowerCase()
  // The case of a value matters: `aB3x` and `AB3X` are different keys.
  return keys.filter(
    (key) => hasSoughtDetails(key, sought) && (searchText(key).includes(folded) || key.lastFour?.endsWith(sought.words) === true),
  )
}
