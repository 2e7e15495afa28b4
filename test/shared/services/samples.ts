import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import type { ChecksumName } from '../../../shared/services/checksums.ts'
import type { Alphabet, FormatPart } from '../../../shared/services/key-format.ts'
import { parseFormat } from '../../../shared/services/key-format.ts'
import type { KeyFormat } from '../../../shared/services/service.ts'

const [digits, capitals, letters] = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz']
const base62 = digits + capitals + letters

/** By name, the characters of each alphabet, told apart from the classes in key-format.ts. */
export const alphabets: Readonly<Record<Alphabet, string>> = {
  digit: digits,
  hex: `${digits}abcdef`,
  'any-hex': `${digits}abcdefABCDEF`,
  'upper-hex': `${digits}ABCDEF`,
  letter: capitals + letters,
  lower: digits + letters,
  upper: digits + capitals,
  base32: `${capitals}234567`,
  'lower-base32': `${letters}234567`,
  base58: base62.replace(/[0OIl]/g, ''),
  base62,
  word: `${base62}_`,
  base64url: `${base62}_-`,
  unreserved: `${base62}._~-`,
  slug: `${digits}${letters}_-`,
  base64: `${base62}+/`,
}

/** Keys of one format, none of them real. They are made when a test runs, so that no file has a text that looks like a leaked key. */
export function keysOf({ format, checksum }: KeyFormat): fc.Arbitrary<string> {
  const text = fc.tuple(...parseFormat(format).map(partsOf)).map((parts) => parts.join(''))
  return checksum === undefined ? text : text.map(completions[checksum])
}

function partsOf(part: FormatPart): fc.Arbitrary<string> {
  if ('words' in part) return fc.constantFrom(...part.words)
  return fc.oneof(...part.lengths.map(([min, max]) => charactersOf(part.alphabet, min, max)))
}

export function charactersOf(alphabet: Alphabet, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.noBias(fc.string({ unit: fc.constantFrom(...alphabets[alphabet]), minLength, maxLength, size: 'max' }))
}

/** What each check wants to see, written into a key that has the right format. */
const completions: Readonly<Record<ChecksumName, (key: string) => string>> = {
  'crc32-base62': (key) => key.slice(0, -6) + inBase(62, crc32(key.slice(-36, -6))).padStart(6, '0'),
  'gitlab-routable': (key) => key.slice(0, -7) + crc32(key.slice(0, -7)).toString(36).padStart(7, '0'),
  grafana: (key) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32LE(crc32(key.slice(0, -9)))
    return key.slice(0, -8) + sum.toString('hex')
  },
  'clerk-host': (key) => `${key.slice(0, 8)}${Buffer.from(`${hostFrom(key.slice(8))}.clerk.accounts.dev$`).toString('base64')}`,
  'discord-id': (key) => `${Buffer.from(`9${String(crc32(key)).padStart(17, '7')}`).toString('base64url')}${key.slice(key.indexOf('.'))}`,
}

function inBase(base: number, number: number): string {
  return (number >= base ? inBase(base, Math.floor(number / base)) : '') + (base62[number % base] ?? '')
}

function hostFrom(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 12)
}
