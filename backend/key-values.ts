import { randomFillSync } from 'node:crypto'
import { base62Checksum } from '../shared/services/checksums.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const plainShape = /^[A-Za-z0-9]{64}$/
const prefixedShape = /^[a-z][a-z0-9_]{0,30}[a-z0-9]_[A-Za-z0-9]{64}$/
const checksumLength = 6

/**
 * A new API key's value. Without a prefix it has the form of App Services: 64 characters of base62, 381 bits. With one it is the prefix, `_`,
 * 58 characters of base62, 345 bits, and the CRC-32 of all of that in 6 characters, as GitHub writes it. To clients it is an opaque text.
 */
export function newKeyValue(prefix: string | null): string {
  if (prefix === null) return randomText(64)
  const text = `${prefix}_${randomText(64 - checksumLength)}`
  return `${text}${base62Checksum(text)}`
}

/**
 * Whether a text can be an API key's value, with any prefix or none: keys that were made before the operator chose another prefix go on
 * working. A mistyped or invented value with a prefix has the wrong checksum.
 */
export function isKeyValue(text: string): boolean {
  if (plainShape.test(text)) return true
  return prefixedShape.test(text) && base62Checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
}

export const keyPrefixRule =
  'the key prefix must be 2 to 32 lower-case letters, digits and underscores, with a letter first, no underscore last, and not lks'

/** Whether keys may begin with it: 2 to 32 lower-case letters, digits and underscores. `lks` is that of service credentials. */
export function isKeyPrefix(text: string): boolean {
  return /^[a-z][a-z0-9_]{0,30}[a-z0-9]$/.test(text) && !/^lks(?:_|$)/.test(text)
}

function randomText(length: number): string {
  let text = ''
  const bytes = Buffer.alloc(80)
  while (text.length < length) {
    randomFillSync(bytes)
    for (const byte of bytes) {
      // 248 is the largest multiple of 62 in a byte: without this check, modulo 62 would favour the first eight characters.
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62)
    }
  }
  return text
}
