import type { Key } from '../../../../preload/contract.ts'

/** How many tags are offered at once. */
const maxOffered = 8

/** The tags in use that could complete what is typed after the last comma: those of most keys first. */
export function offeredTags(keys: readonly Key[], typed: string): string[] {
  const parts = typed.split(',').map((part) => part.trim().toLowerCase())
  const [begun = '', has] = [parts.at(-1), new Set(parts.slice(0, -1))]
  const counts = new Map<string, number>()
  for (const { details } of keys) for (const tag of details.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .filter(([tag]) => tag.toLowerCase().startsWith(begun) && tag.toLowerCase() !== begun && !has.has(tag.toLowerCase()))
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .slice(0, maxOffered)
    .map(([tag]) => tag)
}
