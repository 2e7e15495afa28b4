import { createCipheriv, createHash } from 'node:crypto'
import { Refusal } from '../../../vault/refusal.ts'
import type { Secret } from '../../../vault/secret.ts'
import { TimeSlice } from '../../../vault/session/time-slice.ts'
import { ByteReader } from './byte-reader.ts'

const derivations = {
  aes: 'c9d9f39a628a4460bf740d08c18a4fea',
  argon2d: 'ef636ddf8c29444b91f7a9a403e30a0c',
  argon2id: '9e298b1956db4773b23dfc3ec6f0a1e6',
}

/** Memory in KiB, and memory times passes: some minutes of work. A file that asks for more would take all memory, or never open. */
const maxMemory = 1024 * 1024
const maxArgon2Work = 64 * 1024 * 1024
const maxLanes = 64
/** Programs choose a hundredth of it to a third, for a second on a fast computer. */
const maxAesRounds = 300_000_000

type Parameters = ReadonlyMap<string, Buffer>

/**
 * Derives the key of a database from its passphrase, in another thread or in slices.
 * @param dictionary the parameters as they are in the file's header
 * @throws Refusal `import-invalid`, `import-unsupported` for another derivation, or one that would take too long
 */
export async function transformedKey(passphrase: Secret, dictionary: Buffer): Promise<Buffer> {
  const parameters = parametersOf(dictionary)
  const text = Buffer.from(passphrase.expose())
  const key = sha256(sha256(text))
  text.fill(0)
  try {
    const salt = bytesOf(parameters, 'S', 32)
    const id = bytesOf(parameters, '$UUID', 16).toString('hex')
    if (id === derivations.aes) return sha256(await aesRounds(key, salt, numberOf(parameters, 'R')))
    if (id === derivations.argon2d || id === derivations.argon2id)
      return await argon2(key, salt, id === derivations.argon2id ? 2 : 0, parameters)
    throw new Refusal('import-unsupported')
  } finally {
    key.fill(0)
  }
}

/** @param algorithm the library's number */
async function argon2(key: Buffer, salt: Buffer, algorithm: 0 | 2, parameters: Parameters): Promise<Buffer> {
  if (parameters.has('K') || parameters.has('A')) throw new Refusal('import-unsupported') // a secret key, or associated data
  const [memory, passes, lanes] = [numberOf(parameters, 'M') / 1024, numberOf(parameters, 'I'), numberOf(parameters, 'P')]
  const version = numberOf(parameters, 'V')
  if (version !== 0x10 && version !== 0x13) throw new Refusal('import-unsupported')
  if (memory > maxMemory || lanes > maxLanes || memory * passes > maxArgon2Work) throw new Refusal('import-unsupported')
  if (!Number.isInteger(memory) || lanes < 1 || passes < 1 || memory < 8 * lanes) throw new Refusal('import-invalid')
  const { hashRaw } = await import('@node-rs/argon2') // loads native code that other formats do not need
  return await hashRaw(key, {
    algorithm,
    version: version === 0x13 ? 1 : 0,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
    salt,
  })
}

const blockBytes = 16
/** Rounds between checks of the time slice: about a millisecond. */
const batchSize = 32 * 1024

/**
 * Encrypts the key as often as the file says. In CBC mode each block of zeros is encrypted as the block before it, so that one call does
 * many rounds.
 */
async function aesRounds(key: Buffer, seed: Buffer, rounds: number): Promise<Buffer> {
  if (rounds > maxAesRounds) throw new Refusal('import-unsupported')
  const halves = [Buffer.from(key.subarray(0, blockBytes)), Buffer.from(key.subarray(blockBytes))]
  const zeros = Buffer.alloc(batchSize * blockBytes)
  const slice = new TimeSlice()
  for (let left = rounds; left > 0; left -= batchSize) {
    if (slice.isOver) await slice.next()
    const length = Math.min(left, batchSize) * blockBytes
    for (const half of halves) {
      const encrypted = createCipheriv('aes-256-cbc', seed, half).update(zeros.subarray(0, length))
      encrypted.copy(half, 0, length - blockBytes)
    }
  }
  return Buffer.concat(halves)
}

/** KeePass calls it a variant dictionary: a version, then a type, a name and a content each, until a type of 0. */
function parametersOf(dictionary: Buffer): Parameters {
  const reader = new ByteReader(dictionary)
  if (reader.uint16() >>> 8 !== 1) throw new Refusal('import-unsupported')
  const parameters = new Map<string, Buffer>()
  while (reader.uint8() !== 0) {
    const name = reader.bytes(reader.uint32()).toString()
    parameters.set(name, reader.bytes(reader.uint32()))
  }
  return parameters
}

function bytesOf(parameters: Parameters, name: string, length: number): Buffer {
  const bytes = parameters.get(name)
  if (bytes?.length !== length) throw new Refusal('import-invalid')
  return bytes
}

/** @returns an unsigned number of 4 or 8 bytes, not exact above 2^53, where every limit is far below */
function numberOf(parameters: Parameters, name: string): number {
  const bytes = parameters.get(name)
  if (bytes?.length === 4) return bytes.readUInt32LE()
  if (bytes?.length === 8) return Number(bytes.readBigUInt64LE())
  throw new Refusal('import-invalid')
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
