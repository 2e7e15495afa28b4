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
 * From what the release was packed with.
 * @param url of the feed's folder; '' where there is none
 * @param publisher the Ed25519 key that the package itself is signed with: SPKI in DER, in base64
 * @returns null where there is no feed
 * @throws Error for what is no https address or no key: such a package must not come to be
 */
export function feedOf(url: string, publisher: string): Feed | null {
  if (url === '') return null
  const folder = new URL(url.endsWith('/') ? url : `${url}/`)
  const more = `${folder.username}${folder.password}${folder.search}${folder.hash}`
  if (folder.protocol !== 'https:' || more !== '') throw new Error('The feed has to be an https address')
  const key = createPublicKey({ key: Buffer.from(publisher, 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key of the feed has to be Ed25519')
  return { url: folder, key }
}

/** As `feedOf`, in the app: whoever has a package that was made with what is no feed keeps the use of it, without updates. */
export function packedFeed(url: string, publisher: string): Feed | 'misnamed' | null {
  try {
    return feedOf(url, publisher)
  } catch {
    return 'misnamed'
  }
}

/**
 * What the manifest of a system's packages is called: that of each processor by itself, since each machine makes its own alone.
 * @param arch Node's name of it
 */
export function manifestName(platform: NodeJS.Platform, arch: string): string {
  const system = { linux: '-linux', darwin: '-mac' }[platform as string] ?? ''
  return `latest${system}${arch === 'x64' ? '' : `-${arch}`}.json`
}

/** One name in the feed's folder, so that nothing in a manifest leads out of it. */
const fileName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/))
const sha512 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/))
const size = v.pipe(v.number(), v.integer(), v.minValue(1))
const version = v.pipe(v.string(), v.maxLength(64), v.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.]{1,32})?$/))

/** JSON, as `scripts/dist/feed.mjs` writes it. */
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
