import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { chacha20 } from '@noble/ciphers/chacha.js'
import { Refusal } from '../../../vault/refusal.ts'
import type { Secret } from '../../../vault/secret.ts'
import { ByteReader } from './byte-reader.ts'
import { transformedKey } from './key-derivation.ts'

/** A database whose outer encryption is removed. Values in its XML are still encrypted by the inner stream. */
export interface Opened {
  readonly xml: Buffer
  readonly stream: InnerStream
}

/** Where the inner stream begins: its values are decrypted in the order in which they are in the XML. */
export interface InnerStream {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
}

const signature = Buffer.from('03d9a29a67fb4bb5', 'hex')
/** A minor and a major number of two bytes each follow the signature. */
const versionEnd = signature.length + 4
const ciphers = { aes: '31c1f2e6bf714350be5805216afc5aff', chacha20: 'd6038a2b8b6f4cb5a524339a31dbb59a' }
const headerFields = { end: 0, cipher: 2, compression: 3, seed: 4, iv: 7, derivation: 11 }
const innerFields = { end: 0, algorithm: 1, key: 2 }
const chacha20Stream = 3

/** A file of 16 MB is a hundredth of it where an honest program wrote it. */
const maxXmlBytes = 128 * 1024 * 1024

export function isKeePass(bytes: Uint8Array): boolean {
  return signature.equals(bytes.subarray(0, signature.length))
}

/** @throws Refusal `import-invalid`, or `import-unsupported` for a database of another version */
export function requireKdbx4(file: Buffer): void {
  if (!isKeePass(file)) throw new Refusal('import-invalid')
  if (file.length < versionEnd || file.readUInt16LE(versionEnd - 2) !== 4) throw new Refusal('import-unsupported')
}

/**
 * Opens a KDBX 4 database by its passphrase alone. The file is authenticated before anything of it is decrypted or unpacked.
 * @throws Refusal `import-invalid` for another or a damaged file, `import-unsupported` for another version, cipher or key derivation,
 *   `passphrase-wrong` also for a database that needs a key file too
 */
export async function openContainer(file: Buffer, passphrase: Secret): Promise<Opened> {
  requireKdbx4(file)
  const reader = new ByteReader(file)
  reader.bytes(versionEnd)
  const header = fieldsOf(reader, headerFields.end)
  const headerBytes = file.subarray(0, reader.at)
  if (!timingSafeEqual(sha256(headerBytes), reader.bytes(32))) throw new Refusal('import-invalid')
  const seed = required(header, headerFields.seed, 32)
  const transformed = await transformedKey(passphrase, required(header, headerFields.derivation))
  const cipherKey = sha256(seed, transformed)
  const macKey = sha512(seed, transformed, Buffer.of(1))
  transformed.fill(0)
  try {
    if (!timingSafeEqual(hmac(blockKey(macKey, 0xffff_ffff_ffff_ffffn), headerBytes), reader.bytes(32)))
      throw new Refusal('passphrase-wrong')
    const encrypted = authenticatedBlocks(reader, macKey)
    return innerOf(unpacked(decrypted(encrypted, header, cipherKey), header))
  } finally {
    cipherKey.fill(0)
    macKey.fill(0)
  }
}

type Fields = ReadonlyMap<number, Buffer>

/** @throws Refusal `import-invalid` for a field that is there twice, of which programs read different ones */
function fieldsOf(reader: ByteReader, end: number, isRepeatable = (_id: number): boolean => false): Fields {
  const fields = new Map<number, Buffer>()
  for (;;) {
    const id = reader.uint8()
    const content = reader.bytes(reader.uint32())
    if (id === end) return fields
    if (fields.has(id) && !isRepeatable(id)) throw new Refusal('import-invalid')
    fields.set(id, content)
  }
}

function required(fields: Fields, id: number, length?: number): Buffer {
  const field = fields.get(id)
  if (field === undefined || (length !== undefined && field.length !== length)) throw new Refusal('import-invalid')
  return field
}

/** @throws Refusal `import-invalid` for a block that was changed, moved or cut off */
function authenticatedBlocks(reader: ByteReader, macKey: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let index = 0n; ; index += 1n) {
    const mac = reader.bytes(32)
    const length = reader.uint32()
    const block = reader.bytes(length)
    const key = blockKey(macKey, index)
    if (!timingSafeEqual(hmac(key, uint64(index), uint32(length), block), mac)) throw new Refusal('import-invalid')
    if (length === 0) return Buffer.concat(blocks)
    blocks.push(block)
  }
}

function decrypted(encrypted: Buffer, header: Fields, key: Buffer): Buffer {
  const cipher = required(header, headerFields.cipher).toString('hex')
  if (cipher === ciphers.chacha20) return Buffer.from(chacha20(key, required(header, headerFields.iv, 12), encrypted))
  if (cipher !== ciphers.aes) throw new Refusal('import-unsupported')
  const decipher = createDecipheriv('aes-256-cbc', key, required(header, headerFields.iv, 16))
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()])
  } catch {
    throw new Refusal('import-invalid')
  }
}

/** @throws Refusal `import-invalid`, also for far more than an honest file unpacks to */
function unpacked(content: Buffer, header: Fields): Buffer {
  const compression = required(header, headerFields.compression, 4).readUInt32LE()
  if (compression === 0) return content
  try {
    return gunzipSync(content, { maxOutputLength: maxXmlBytes })
  } catch {
    throw new Refusal('import-invalid')
  }
}

function innerOf(content: Buffer): Opened {
  const reader = new ByteReader(content)
  const isAttachment = (id: number): boolean => id > innerFields.key
  const inner = fieldsOf(reader, innerFields.end, isAttachment)
  if (required(inner, innerFields.algorithm, 4).readUInt32LE() !== chacha20Stream) throw new Refusal('import-unsupported')
  const key = sha512(required(inner, innerFields.key))
  return { xml: content.subarray(reader.at), stream: { key: key.subarray(0, 32), nonce: key.subarray(32, 44) } }
}

function sha256(...parts: Uint8Array[]): Buffer {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
}

function sha512(...parts: Uint8Array[]): Buffer {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest()
}

function hmac(key: Buffer, ...parts: Uint8Array[]): Buffer {
  return parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest()
}

function blockKey(macKey: Buffer, index: bigint): Buffer {
  return sha512(uint64(index), macKey)
}

function uint64(number: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(number)
  return bytes
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}
