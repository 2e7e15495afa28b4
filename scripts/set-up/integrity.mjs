import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../process/failure.mjs'

/**
 * Fails if a file does not have the pinned checksum.
 * @param {string} path
 * @param {string} pinned in the form of Subresource Integrity: `sha512-` and base64
 * @returns {Promise<void>}
 */
export async function checkIntegrity(path, pinned) {
  const [, expected] = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(pinned) ?? []
  if (expected === undefined) throw new Failure('A pinned integrity is not a sha512 in base64.')
  const actual = Buffer.from(await digest(path, 'sha512'), 'hex')
  if (!timingSafeEqual(actual, Buffer.from(expected, 'base64'))) {
    throw new Failure(
      `${path} is not the file that was pinned: its sha512 differs.`,
      'It was not used. Remove it and try again; if it happens again, the source of the download is not to be trusted.',
    )
  }
}

/**
 * @param {string} path
 * @param {'sha256' | 'sha512'} algorithm
 * @returns {Promise<string>} hexadecimal
 */
export async function digest(path, algorithm) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
