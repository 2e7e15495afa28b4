import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import * as v from 'valibot'
import { Refusal } from '../vault/refusal.ts'

/** Where newer versions are told, and who may tell them. */
export interface Feed {
  /** https; its folder has the manifests, their signatures and the files. */
  readonly url: URL
  readonly key: KeyObject
}

/**
 * From what the release was built with. Both or neither: a feed that nobody signs is none.
 * @param url of the feed's folder
 * @param key Ed25519, its 32 bytes in base64
 * @returns null where there is none
 * @throws Error for what is no https address or no key: such a build must not come to be
 */
export function feedOf(url: string, key: string): Feed | null {
  if (url === '' && key === '') return null
  const folder = new URL(url.endsWith('/') ? url : `${url}/`)
  if (folder.protocol !== 'https:' || folder.username !== '' || folder.search !== '' || folder.hash !== '') throw new Error('The feed has to be an https address')
  const x = Buffer.from(key, 'base64')
  if (x.length !== 32) throw new Error('The key of the feed has to be 32 bytes')
  return { url: folder, key: createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') } }) }
}

/** One name in the feed's folder, so that nothing in a manifest leads out of it. */
const fileName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/))
const sha512 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/))
const size = v.pipe(v.number(), v.integer(), v.minValue(1))
const version = v.pipe(v.string(), v.maxLength(64), v.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.]{1,32})?$/))

/** JSON, as `scripts/dist/sign-feed.mjs` writes it. */
const manifest = v.strictObject({
  version,
  files: v.pipe(v.array(v.strictObject({ url: fileName, sha512, size })), v.minLength(1), v.maxLength(20)),
  releaseDate: v.pipe(v.string(), v.isoTimestamp()),
})
export type Manifest = v.InferOutput<typeof manifest>

/**
 * What is signed: the manifest with its name before it, so that one system's is none of another's.
 * @param name of the file, as `latest-linux.json`
 */
export function signedBytes(name: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`latchkey update manifest 1\n${name}\n`), bytes])
}

/**
 * Nothing of a manifest is read before its signature is checked.
 * @param signature Ed25519, in base64
 * @throws Refusal `update-untrusted`
 */
export function readManifest({ key }: Feed, name: string, bytes: Uint8Array, signature: string): Manifest {
  const signed = Buffer.from(signature.trim(), 'base64')
  if (signed.length !== 64 || !verify(null, signedBytes(name, bytes), key, signed)) throw new Refusal('update-untrusted')
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), manifest), Buffer.from(bytes).toString('utf8'))
  if (!parsed.success) throw new Refusal('update-untrusted')
  return parsed.output
}
