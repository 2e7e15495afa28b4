import { catalogue } from './catalogue.ts'
import type { ServiceId } from './catalogue.ts'
import { passesChecksum } from './checksums.ts'
import { firstCharacters, maxKeyLength, parseFormat, patternOf } from './key-format.ts'
import type { KeyFormat, KeyMode, KeyUse } from './service.ts'

export interface RecognizedKey {
  readonly service: ServiceId
  readonly use: KeyUse
  /** Null: there is one environment, or the key does not show which. */
  readonly mode: KeyMode | null
}

interface Candidate {
  readonly service: ServiceId
  readonly key: KeyFormat
  readonly pattern: RegExp
}

/** By a key's first character; `''` has those that can begin with many. Made at the first call. */
let candidates: ReadonlyMap<string, readonly Candidate[]> | undefined

/**
 * Tells from a value alone which service issued it. Sends nothing, never throws, and takes time in proportion to the value's length.
 * @param value as pasted; blanks around it do not count
 * @returns null if it looks like no service's key, or like keys of two, or if its checksum is wrong
 */
export function recognizeKey(value: string): RecognizedKey | null {
  if (value.length > maxKeyLength) return null
  const text = value.trim()
  candidates ??= byFirstCharacter()
  let found: RecognizedKey | null = null
  for (const first of [text.slice(0, 1), '']) {
    for (const { service, key, pattern } of candidates.get(first) ?? []) {
      const words = pattern.exec(text)?.slice(1)
      if (words === undefined || (key.checksum !== undefined && !passesChecksum(key.checksum, text))) continue
      if (found !== null && found.service !== service) return null
      found ??= { service, use: key.use ?? 'secret', mode: modeOf(key, words) }
    }
    if (first === '') break
  }
  return found
}

/** Words for an environment in which a key counts. All others are for tests. */
const liveWords: readonly string[] = ['live', 'prod', 'production']

function modeOf({ mode }: KeyFormat, words: readonly string[]): KeyMode | null {
  if (mode !== 'by-word') return mode ?? null
  return words.some((word) => liveWords.includes(word)) ? 'live' : 'test'
}

function byFirstCharacter(): ReadonlyMap<string, readonly Candidate[]> {
  const all = new Map<string, Candidate[]>()
  for (const service of catalogue) {
    for (const key of service.keys) {
      const parts = parseFormat(key.format)
      const candidate = { service: service.id, key, pattern: patternOf(parts) }
      for (const first of new Set(firstCharacters(parts) ?? [''])) all.set(first, [...(all.get(first) ?? []), candidate])
    }
  }
  return all
}
