import type { PaletteState } from '../../../preload/palette-contract.ts'

export type PaletteKey = PaletteState['keys'][number]

/**
 * The keys that contain every typed word, in any case, in their name, account or last characters. Names that begin with it come first, then
 * names in which a word begins with it. Equal ranks are sorted by last use, then by name.
 */
export function searchKeys(keys: readonly PaletteKey[], typed: string): PaletteKey[] {
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

/** A lower rank is a better match. Null means no match. */
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
