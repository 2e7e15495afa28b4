/** By name, the characters of each alphabet as a RegExp class holds them. */
const alphabets = {
  digit: '0-9',
  hex: '0-9a-f',
  'any-hex': '0-9A-Fa-f',
  'upper-hex': '0-9A-F',
  letter: 'A-Za-z',
  lower: 'a-z0-9',
  upper: 'A-Z0-9',
  base32: 'A-Z2-7',
  'lower-base32': 'a-z2-7',
  base58: '1-9A-HJ-NP-Za-km-z',
  base62: '0-9A-Za-z',
  word: '0-9A-Za-z_',
  base64url: '0-9A-Za-z_-',
  /** RFC 3986: what needs no escape in a URL. */
  unreserved: '0-9A-Za-z._~-',
  slug: 'a-z0-9_-',
  /** With `=` at its end as far as padding goes. */
  base64: '0-9A-Za-z+/',
} as const

export type Alphabet = keyof typeof alphabets

/** No service issues longer keys. */
export const maxKeyLength = 4_096

/** A piece of a key: one of some words, or characters of an alphabet. */
export type FormatPart =
  | { readonly words: readonly string[] }
  | { readonly alphabet: Alphabet; readonly lengths: readonly (readonly [min: number, max: number])[] }

const piece = /<([a-z\d-]+) ([\d,-]+)>|<uuid>|\(([^()]+)\)|([^<>()]+)/y
const uuid: readonly FormatPart[] = [8, 4, 4, 4, 12].flatMap((length, index) => [
  ...(index === 0 ? [] : [{ words: ['-'] }]),
  { alphabet: 'hex' as const, lengths: [[length, length] as const] },
])

/**
 * Reads the notation of KeyFormat.format.
 * @throws Error for anything else: formats are constants
 */
export function parseFormat(format: string): readonly FormatPart[] {
  const parts: FormatPart[] = []
  piece.lastIndex = 0
  while (piece.lastIndex < format.length) {
    const [all, alphabet, lengths, words, literal] = piece.exec(format) ?? []
    if (all === undefined) throw new Error(`not a format: ${format}`)
    if (all === '<uuid>') parts.push(...uuid)
    else if (alphabet !== undefined && lengths !== undefined) parts.push(characters(alphabet, lengths))
    else parts.push({ words: words?.split('|') ?? [literal ?? ''] })
  }
  return parts
}

function characters(alphabet: string, lengths: string): FormatPart {
  if (!(alphabet in alphabets)) throw new Error(`not an alphabet: ${alphabet}`)
  return {
    alphabet: alphabet as Alphabet,
    lengths: lengths.split(',').map((range) => {
      const [min = NaN, max = min] = range.split('-').map(Number)
      if (!(min > 0 && max >= min)) throw new Error(`not a length: ${range}`)
      return [min, max] as const
    }),
  }
}

/** A pattern for a whole key, which captures the words in it. Its repetitions are bounded and no two of them meet, so that no text makes it slow. */
export function patternOf(parts: readonly FormatPart[]): RegExp {
  return new RegExp(`^${parts.map(sourceOf).join('')}$`)
}

function sourceOf(part: FormatPart): string {
  if ('words' in part) return `(${part.words.map(escaped).join('|')})`
  const padding = part.alphabet === 'base64' ? '={0,2}' : ''
  return `(?:${part.lengths.map(([min, max]) => `[${alphabets[part.alphabet]}]{${min},${max}}`).join('|')})${padding}`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** The characters that a key can begin with; null if it begins with a character of an alphabet. */
export function firstCharacters([first]: readonly FormatPart[]): readonly string[] | null {
  return first !== undefined && 'words' in first ? first.words.map((word) => word.slice(0, 1)) : null
}
