import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { DamagedInstall } from './damaged-install.ts'

/**
 * Lists the packed files, in the folder of app.asar. Its signature is a separate file, so that it covers bytes and needs no canonical form.
 */
export const manifestFile = 'manifest.json'
export const signatureFile = 'manifest.sig'

const digest = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/))
const shape = v.strictObject({
  format: v.literal(1),
  version: v.string(),
  /** Whether it may be published: built on a maintained Electron, and signed with the release key. */
  release: v.boolean(),
  /** SHA-512 in base64, by path in the app's folder, with forward slashes. */
  files: v.record(v.string(), digest),
})
export type Manifest = v.InferOutput<typeof shape>

/**
 * Reads the manifest of a packaged app.
 * @param resources the folder of app.asar
 * @param publisher the maker's Ed25519 public key: SPKI in DER, in base64
 * @throws DamagedInstall if it is missing, or was not signed by that maker
 */
export function readManifest(resources: string, publisher: string): Manifest {
  const bytes = read(resources, manifestFile)
  const signature = Buffer.from(read(resources, signatureFile).toString('latin1'), 'base64')
  if (!isSigned(bytes, signature, publisher)) throw new DamagedInstall('manifest-forged', manifestFile)
  const { success, output } = v.safeParse(shape, JSON.parse(bytes.toString('utf8')))
  if (!success) throw new DamagedInstall('manifest-forged', manifestFile)
  return output
}

function read(resources: string, file: string): Buffer {
  try {
    return readFileSync(join(resources, file))
  } catch {
    throw new DamagedInstall('manifest-missing', file)
  }
}

function isSigned(bytes: Buffer, signature: Buffer, publisher: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publisher, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false // no key, or a malformed one
  }
}
