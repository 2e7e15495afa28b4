import type { Key } from '../../../../preload/contract.ts'

export const orders = ['name', 'newest', 'oldest', 'enabled'] as const
export type Order = (typeof orders)[number]

// Numbers within names count as numbers: deploy-2 comes before deploy-10.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Equal names in different case, or keys made within one second, still have one fixed order: the id decides. */
function byName(one: Key, other: Key): number {
  return names.compare(one.name, other.name) || (one.id < other.id ? -1 : 1)
}

const comparisons: Record<Order, (one: Key, other: Key) => number> = {
  name: byName,
  newest: (one, other) => other.createdAt - one.createdAt || byName(one, other),
  oldest: (one, other) => one.createdAt - other.createdAt || byName(one, other),
  enabled: (one, other) => Number(other.enabled) - Number(one.enabled) || byName(one, other),
}

/** The keys in that order; the given array is left as it is. */
export function arrange(keys: readonly Key[], order: Order): Key[] {
  return [...keys].sort(comparisons[order])
}

/** The keys whose name or id has the text in it, or whose value ends in it. An empty text finds all. */
export function find(keys: readonly Key[], text: string): Key[] {
  const sought = text.trim()
  const folded = sought.toLowerCase()
  if (folded === '') return [...keys]
  return keys.filter(
    (key) =>
      key.name.toLowerCase().includes(folded) ||
      key.id.includes(folded) ||
      // A value's case is part of it: `aB3x` and `AB3X` are different keys.
      key.lastFour?.endsWith(sought) === true,
  )
}
