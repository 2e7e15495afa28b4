import { type Bytes, decode, encode } from './bytes.ts'
import { SessionFault } from './session-fault.ts'

/** WebCrypto's key type, under the name that it has in the types of either side. */
export type Key = Parameters<typeof globalThis.crypto.subtle.exportKey>[1]

/** ECDH on P-256: the only curve that WebCrypto has in every browser and in Node with non-extractable private keys. */
export interface KeyPair {
  readonly publicKey: Key
  readonly privateKey: Key
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }

/** @param extractable false for the extension's and every ephemeral key, so that no script can read it */
export function newKeyPair(extractable = false): Promise<KeyPair> {
  return globalThis.crypto.subtle.generateKey(curve, extractable, ['deriveBits'])
}

/** The uncompressed point, 65 bytes. */
export async function publicBytes(key: Key): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', key))
}

export async function publicText(key: Key): Promise<string> {
  return encode(await publicBytes(key))
}

/** @throws SessionFault `malformed` if it is not a point on the curve: a point on another curve would leak our private key bit by bit */
export async function importPublic(text: string): Promise<Key> {
  const bytes = decode(text)
  if (bytes.length !== 65) throw new SessionFault('malformed')
  try {
    return await globalThis.crypto.subtle.importKey('raw', bytes, curve, true, [])
  } catch {
    throw new SessionFault('malformed')
  }
}

/** A key pair as text, to be encrypted before it is stored: the private scalar and the point's coordinates, base64url. */
export interface KeyPairText {
  readonly d: string
  readonly x: string
  readonly y: string
}

/** @param pair created as extractable */
export async function exportPair({ privateKey }: KeyPair): Promise<KeyPairText> {
  const { d, x, y } = await globalThis.crypto.subtle.exportKey('jwk', privateKey)
  if (d === undefined || x === undefined || y === undefined) throw new Error('not an elliptic curve key')
  return { d, x, y }
}

export async function importPair({ d, x, y }: KeyPairText): Promise<KeyPair> {
  const point = { kty: 'EC', crv: 'P-256', x, y }
  const { subtle } = globalThis.crypto
  const [publicKey, privateKey] = await Promise.all([
    subtle.importKey('jwk', point, curve, true, []),
    subtle.importKey('jwk', { ...point, d }, curve, false, ['deriveBits']),
  ])
  return { publicKey, privateKey }
}
