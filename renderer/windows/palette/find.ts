import type { PaletteState } from '../../../preload/palette-contract.ts'

export type PaletteKey = PaletteState['keys'][number]

/**
 * The keys that have every word of what was typed, in any case, in their name, account or last characters. Names that begin with it come
 * first, then those in which a word does; among equals the last used, then by name.
 */
export function find(keys: readonly PaletteKey[], typed: string): PaletteKey[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return keys
    .map((key) => ({ key, rank: rankOf(key, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0) || compare(one.key, other.key))
    .map(({ key }) => key)
}

/** Lower is nearer; null is not found. */
function rankOf({ name, account, lastFour }: PaletteKey, words: readonly string[]): number | null {
  const [low, everything] = [name.toLowerCase(), `${name} ${account} ${lastFour ?? ''}`.toLowerCase()]
  if (!words.every((word) => everything.includes(word))) return null
  const [first] = words
  if (first === undefined || low.startsWith(first)) return 0
  return low.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(first)) ? 1 : 2
}

function compare(one: PaletteKey, other: PaletteKey): number {
  return (
    (other.usedAt ?? 0) - (one.usedAt ?? 0) || one.name.localeCompare(other.name, 'en') || one.account.localeCompare(other.account, 'en')
  )
}
