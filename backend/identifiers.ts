import { createHash, randomBytes, randomFillSync } from 'node:crypto'

const processPart = randomBytes(5)
let counter = randomBytes(3).readUIntBE(0, 3)

/**
 * A new ObjectId: 24 lower-case hex digits, of which the first eight are the seconds since 1970, UTC.
 * Source: the BSON specification. It is a name and no secret: nothing may rest on its being hard to guess.
 */
export function newObjectId(now: Date): string {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(Math.floor(now.getTime() / 1000) % 0x1_0000_0000, 0)
  processPart.copy(bytes, 4)
  counter = (counter + 1) % 0x100_0000
  bytes.writeUIntBE(counter, 9, 3)
  return bytes.toString('hex')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const keyValueShape = /^[A-Za-z0-9]{64}$/

/** A new API key's value: 64 characters of base62, 381 bits, from the system's random source. */
export function newKeyValue(): string {
  let value = ''
  const bytes = Buffer.alloc(80)
  while (value.length < 64) {
    randomFillSync(bytes)
    for (const byte of bytes) {
      // 248 is the largest multiple of 62 in a byte: taking the rest modulo 62 would favour the first eight letters.
      if (byte < 248 && value.length < 64) value += alphabet.charAt(byte % 62)
    }
  }
  return value
}

/** Whether a text could be an API key's value at all. */
export function isKeyValue(text: string): boolean {
  return keyValueShape.test(text)
}

/** A new one-time token for a mail: 256 bits, base64url. */
export function newMailToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The form in which values of high entropy are stored: SHA-256, hex. A slow hash would add nothing against guessing
 * 256 bits and more, and would cost every key login a fifth of a second. Passwords go through `auth/passwords.ts`.
 */
export function fingerprint(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex')
}
