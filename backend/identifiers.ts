import { createHash, randomBytes } from 'node:crypto'

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
