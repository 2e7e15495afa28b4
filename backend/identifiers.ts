import { createHash, randomBytes, randomFillSync } from 'node:crypto'

const processPart = randomBytes(5)
let counter = randomBytes(3).readUIntBE(0, 3)

/**
 * A new ObjectId: 24 lower-case hex digits, of which the first eight are the seconds since 1970, UTC. Source: the BSON specification. It is
 * a name, not a secret: nothing may depend on its being hard to guess.
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
      // 248 is the largest multiple of 62 in a byte: without this check, modulo 62 would favour the first eight characters.
      if (byte < 248 && value.length < 64) value += alphabet.charAt(byte % 62)
    }
  }
  return value
}

/** Whether a text has the form of an API key's value. */
export function isKeyValue(text: string): boolean {
  return keyValueShape.test(text)
}

/** A new one-time token for a mail: 256 bits, base64url. */
export function newMailToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The stored form of values with high entropy: SHA-256, hex. A slow hash would add nothing against guessing 256 bits or more, and would
 * cost each key login a fifth of a second. Passwords use `auth/passwords.ts`.
 */
export function fingerprint(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex')
}
