import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { hashRaw } from '@node-rs/argon2'

export interface Database {
  readonly xml: string
  readonly passphrase: string
  readonly cipher?: 'aes' | 'chacha20' | 'twofish'
  readonly derivation?: Derivation
  readonly isCompressed?: boolean
  /** 3 is ChaCha20. */
  readonly innerAlgorithm?: number
  /** Fields of the header, after the others. */
  readonly more?: readonly [id: number, content: Buffer][]
}

/** Memory in bytes. `declared`: what the header says instead, with which nobody gets the key. */
export type Derivation =
  | { readonly kind: 'aes'; readonly rounds: number; readonly declared?: bigint }
  | {
      readonly kind: 'argon2d' | 'argon2id'
      readonly memory: number
      readonly passes: number
      readonly lanes: number
      readonly declared?: Partial<Record<'M' | 'I' | 'P', bigint>>
    }
  | { readonly kind: 'unknown' }

const ids = {
  ...{ aes: 'c9d9f39a628a4460bf740d08c18a4fea', argon2d: 'ef636ddf8c29444b91f7a9a403e30a0c', argon2id: '9e298b1956db4773b23dfc3ec6f0a1e6' },
  unknown: '00'.repeat(16),
}
const cipherIds = {
  ...{ aes: '31c1f2e6bf714350be5805216afc5aff', chacha20: 'd6038a2b8b6f4cb5a524339a31dbb59a' },
  twofish: 'ad68f29f576f4bb9a36ad47af965346c',
}
const [seed, salt, innerKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(64, 3)]

/** A KDBX 4 database, written from the format's description and with other functions than those that read it. */
export async function kdbxOf(database: Database): Promise<Buffer> {
  const { xml, passphrase, cipher = 'aes', derivation = { kind: 'aes', rounds: 10 }, isCompressed = true, innerAlgorithm = 3 } = database
  const iv = Buffer.alloc(cipher === 'chacha20' ? 12 : 16, 4)
  const header = Buffer.concat([
    Buffer.from('03d9a29a67fb4bb500000400', 'hex'),
    field(2, Buffer.from(cipherIds[cipher], 'hex')),
    field(3, uint32(isCompressed ? 1 : 0)),
    field(4, seed),
    field(7, iv),
    field(11, parametersOf(derivation)),
    ...(database.more ?? []).map(([id, content]) => field(id, content)),
    field(0, Buffer.from('\r\n\r\n')),
  ])
  const transformed = await derived(sha('sha256', sha('sha256', Buffer.from(passphrase))), derivation)
  const macKey = sha('sha512', seed, transformed, Buffer.of(1))
  const inner = Buffer.concat([
    field(1, uint32(innerAlgorithm)),
    field(2, innerKey),
    field(3, Buffer.from('\0file')),
    field(3, Buffer.from('\0two')),
    field(0, Buffer.of()),
  ])
  const content = Buffer.concat([inner, Buffer.from(withProtected(xml))])
  const packed = isCompressed ? gzipSync(content) : content
  const key = sha('sha256', seed, transformed)
  const encrypt =
    cipher === 'chacha20' ? createCipheriv('chacha20', key, Buffer.concat([uint32(0), iv])) : createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([encrypt.update(packed), encrypt.final()])
  const halves = [encrypted.subarray(0, encrypted.length >> 1), encrypted.subarray(encrypted.length >> 1), Buffer.of()]
  const blocks = halves.map((block, index) => {
    const mac = hmac(sha('sha512', uint64(BigInt(index)), macKey), uint64(BigInt(index)), uint32(block.length), block)
    return Buffer.concat([mac, uint32(block.length), block])
  })
  return Buffer.concat([header, sha('sha256', header), hmac(sha('sha512', uint64(2n ** 64n - 1n), macKey), header), ...blocks])
}

/** An XML file with these entries in the root group. A field that begins with `!` is protected. */
export function xmlOf(entries: readonly Readonly<Record<string, string>>[], meta = ''): string {
  const strings = (entry: Readonly<Record<string, string>>): string =>
    Object.entries(entry)
      .map(([name, text]) => {
        const isProtected = text.startsWith('!')
        return `<String><Key>${name}</Key><Value${isProtected ? ' Protected="True"' : ''}>${isProtected ? text.slice(1) : text}</Value></String>`
      })
      .join('')
  const all = entries.map((entry) => `<Entry><UUID>x</UUID>${strings(entry)}</Entry>`).join('')
  return `<?xml version="1.0"?><KeePassFile><Meta>${meta}</Meta><Root><Group><UUID>r</UUID><Name>Root</Name>${all}</Group></Root></KeePassFile>`
}

function withProtected(xml: string): string {
  const hash = sha('sha512', innerKey)
  const stream = createCipheriv('chacha20', hash.subarray(0, 32), Buffer.concat([uint32(0), hash.subarray(32, 44)]))
  return xml.replace(/(Protected="True">)([^<]*)/g, (_, tag: string, text: string) => tag + stream.update(text).toString('base64'))
}

function parametersOf(derivation: Derivation): Buffer {
  const number = (name: string, value: bigint): Buffer => variant(5, name, uint64(value))
  const own =
    derivation.kind === 'aes'
      ? [number('R', derivation.declared ?? BigInt(derivation.rounds))]
      : derivation.kind === 'unknown'
        ? []
        : [
            variant(4, 'V', uint32(0x13)),
            number('M', derivation.declared?.M ?? BigInt(derivation.memory)),
            number('I', derivation.declared?.I ?? BigInt(derivation.passes)),
            variant(4, 'P', uint32(Number(derivation.declared?.P ?? derivation.lanes))),
          ]
  const id = variant(0x42, '$UUID', Buffer.from(ids[derivation.kind], 'hex'))
  return Buffer.concat([Buffer.of(0, 1), id, variant(0x42, 'S', salt), ...own, Buffer.of(0)])
}

async function derived(key: Buffer, derivation: Derivation): Promise<Buffer> {
  if (derivation.kind === 'unknown') return key
  if (derivation.kind !== 'aes') {
    const { kind, memory, passes, lanes } = derivation
    const algorithm = kind === 'argon2d' ? 0 : 2
    return hashRaw(key, { algorithm, version: 1, memoryCost: memory / 1024, timeCost: passes, parallelism: lanes, outputLen: 32, salt })
  }
  let block = key
  for (let round = 0; round < derivation.rounds; round += 1) block = createCipheriv('aes-256-ecb', salt, null).update(block)
  return sha('sha256', block)
}

function variant(type: number, name: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), uint32(Buffer.byteLength(name)), Buffer.from(name), uint32(content.length), content])
}

function field(id: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(id), uint32(content.length), content])
}

function sha(algorithm: 'sha256' | 'sha512', ...parts: Buffer[]): Buffer {
  return createHash(algorithm).update(Buffer.concat(parts)).digest()
}

function hmac(key: Buffer, ...parts: Buffer[]): Buffer {
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest()
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

function uint64(number: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(number)
  return bytes
}
