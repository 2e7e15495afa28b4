import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '../../process/failure.mjs'
import { cacheFolder } from '../../set-up/cache-folder.mjs'

const variable = 'LATCHKEY_RELEASE_KEY'

/**
 * The Ed25519 key that signs a package's manifest: for releases the key in the file LATCHKEY_RELEASE_KEY, otherwise one that was generated
 * on this machine.
 * @param {boolean} release
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {import('node:crypto').KeyObject} the private key
 */
export function signingKey(release, environment = process.env) {
  const given = environment[variable]
  if (given) return read(given, `${variable} does not name an Ed25519 private key that only this user can read: ${given}`)
  if (release) throw new Failure('A release has to be signed, and no key was given.', `Name the key’s file in ${variable} (PEM, Ed25519).`)
  const own = join(cacheFolder(environment), 'development-signing-key.pem')
  if (!existsSync(own)) {
    mkdirSync(dirname(own), { recursive: true })
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  return read(own, `${own} is not an Ed25519 private key that only this user can read. Remove it.`)
}

/**
 * @param {import('node:crypto').KeyObject} key private
 * @returns {string} the public key by which the app verifies its publisher: SPKI in DER, in base64
 */
export function publisherOf(key) {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
}

/**
 * @param {string} path
 * @param {string} sentence
 */
function read(path, sentence) {
  try {
    const shared = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0
    const key = createPrivateKey(readFileSync(path))
    if (!shared && key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The library's own error message may quote the file.
  }
  throw new Failure(sentence)
}
