import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import * as v from 'valibot'
import { Refusal } from '../vault/refusal.ts'
import { orElse } from '../../shared/or-else.ts'

/** Where newer versions are announced, and the key that must sign them. */
export interface Feed {
  /** An https folder with the manifests, their signatures and the packages. */
  readonly url: URL
  readonly key: KeyObject
}

/**
 * Parses the feed of a build.
 * @param url of the feed's folder; '' for none
 * @param publisher the Ed25519 key that signs the package itself: SPKI in DER, in base64
 * @returns null for no feed
 * @throws Error if the address is not https or the key is invalid: such a package must not be built
 */
export function parseFeed(url: string, publisher: string): Feed | null {
  if (url === '') return null
  const folder = new URL(url.endsWith('/') ? url : `${url}/`)
  const more = `${folder.username}${folder.password}${folder.search}${folder.hash}`
  if (folder.protocol !== 'https:' || more !== '') throw new Error('The feed has to be an https address')
  const key = createPublicKey({ key: Buffer.from(publisher, 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key of the feed has to be Ed25519')
  return { url: folder, key }
}

/** As `parseFeed`, in the app: a package that was built with an invalid feed works, without updates. */
export function feedOfBuild(url: string, publisher: string): Feed | 'misnamed' | null {
  return orElse(() => parseFeed(url, publisher), 'misnamed')
}

/**
 * The name of the manifest for a system and a processor. Each has a manifest of its own, because each is built on its own machine.
 * @param arch Node's name of the processor
 */
export function manifestName(platform: NodeJS.Platform, arch: string): string {
  const system = { linux: '-linux', darwin: '-mac' }[platform as string] ?? ''
  return `latest${system}${arch === 'x64' ? '' : `-${arch}`}.json`
}

/** A plain file name, so that nothing in a manifest leads out of the feed's folder. */
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
 * The signed bytes: the manifest's name, then the manifest, so that one system's manifest is not valid for another.
 * @param name of the file, as `latest-linux.json`
 */
export function signedBytes(name: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`latchkey update manifest 1\n${name}\n`), bytes])
}

/**
 * Verifies the signature before it parses the manifest.
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
