import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { calibrate, type Cost, deriveKey, requireStrong } from '../../keychain/passphrase/derivation.ts'
import { boxOverhead, openBox, sealBox, useAndWipe } from '../../vault/session/aead-box.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

/** The versions that can be opened. In 1, keys have no details. */
const versions = [1, 2] as const
const newestVersion = 2

const head = v.strictObject({
  format: v.literal('latchkey backup'),
  version: v.picklist(versions),
  /** When it was made, in ISO 8601. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  derivation: v.strictObject({
    algorithm: v.literal('argon2id'),
    memory: v.number(), // KiB
    passes: v.number(),
    lanes: v.number(),
    salt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)), // 16 bytes
  }),
})
const anyHead = v.looseObject({ format: v.literal('latchkey backup'), version: v.pipe(v.number(), v.integer()) })
type Head = v.InferOutput<typeof head>

const maxHeadBytes = 1024
const digestLength = 32

/**
 * Makes a backup file: one line of JSON in clear, with the format and the parameters of the key derivation; then an AES-256-GCM box with
 * the line as additional data, under a key that Argon2id derives from the passphrase and a salt of the file's own; then the SHA-256 of
 * everything before. The digest is no protection; it distinguishes a damaged file from a mistyped passphrase.
 *
 * @param cost of the key derivation; measured on this computer if it is not given
 * @throws Refusal `passphrase-weak`
 */
export async function sealBackup(body: Uint8Array, passphrase: Secret, at: number, cost?: Cost): Promise<Buffer> {
  requireStrong(passphrase)
  const salt = randomBytes(16)
  const derivation: Head['derivation'] = { algorithm: 'argon2id', ...(cost ?? (await calibrate())), salt: salt.toString('base64url') }
  const line = Buffer.from(
    `${JSON.stringify({ format: 'latchkey backup', version: newestVersion, at: new Date(at).toISOString(), derivation } satisfies Head)}\n`,
  )
  const key = await deriveKey(passphrase, salt, derivation)
  const whole = Buffer.concat([line, useAndWipe(key, () => sealBox(key, body, line))])
  return Buffer.concat([whole, digestOf(whole)])
}

/**
 * @returns the body, for the caller to overwrite after use
 * @throws Refusal `backup-invalid` if it is no backup or is damaged; `backup-newer`, `passphrase-wrong`
 */
export async function openBackup(file: Buffer, passphrase: Secret): Promise<Buffer> {
  const { line, derivation } = readHead(file)
  const [whole, digest] = [file.subarray(0, -digestLength), file.subarray(-digestLength)]
  if (whole.length < line.length + boxOverhead || !timingSafeEqual(digest, digestOf(whole))) throw new Refusal('backup-invalid')
  const body = useAndWipe(await deriveBackupKey(passphrase, derivation), (key) => openBox(key, whole.subarray(line.length), line))
  if (body === null) throw new Refusal('passphrase-wrong')
  return body
}

/** @returns when a backup was made, in milliseconds since 1970. Only opening it proves that time. @throws as `openBackup` */
export function madeAt(file: Buffer): number {
  return Date.parse(readHead(file).at)
}

function readHead(file: Buffer): Head & { readonly line: Buffer } {
  const end = file.subarray(0, maxHeadBytes).indexOf('\n')
  if (end < 0) throw new Refusal('backup-invalid')
  const text = file.subarray(0, end).toString()
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), head), text)
  if (parsed.success) return { ...parsed.output, line: file.subarray(0, end + 1) }
  const other = v.safeParse(v.pipe(v.string(), v.parseJson(), anyHead), text)
  throw new Refusal(other.success && other.output.version > newestVersion ? 'backup-newer' : 'backup-invalid')
}

/** A cost out of bounds means that this file is invalid, not that the profile is corrupt. */
async function deriveBackupKey(passphrase: Secret, derivation: Head['derivation']): Promise<Buffer> {
  try {
    return await deriveKey(passphrase, Buffer.from(derivation.salt, 'base64url'), derivation)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'profile-corrupt') throw new Refusal('backup-invalid')
    throw error
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
