import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import type { SigningKeyVault, StoredSigningKey } from '../auth/signing-keys.ts'
import { BackendFailure } from '../failure.ts'

const name = 'signing-keys.json'
const shape = v.strictObject({
  keys: v.pipe(
    v.array(
      v.strictObject({
        createdAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        privateKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{64}$/)), // 48 bytes: the size of an Ed25519 key in PKCS 8
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
})

/**
 * Stores the signing keys in a file of the data folder (0600), beside the store: a copy of the store, for a backup or for anyone who
 * inspects it, cannot sign anything.
 * @throws BackendFailure `signing-keys-unusable` from `read` and `write`
 */
export function signingKeyFile(dataDir: string): SigningKeyVault {
  const path = join(dataDir, name)
  return {
    read: () => readKeys(path),
    write: (keys) => writeKeys(path, keys),
  }
}

function readKeys(path: string): StoredSigningKey[] {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return []
    if (!lstatSync(path).isFile()) throw new Error('not a plain file')
    return v.parse(shape, JSON.parse(readFileSync(path, 'utf8'))).keys
  } catch (error) {
    const remedy = 'move it away and start again: clients then fetch new tokens by themselves'
    throw new BackendFailure('signing-keys-unusable', `${name} in the data folder cannot be read: ${remedy}`, { cause: error })
  }
}

function writeKeys(path: string, keys: readonly StoredSigningKey[]): void {
  try {
    writeFileAtomic(path, `${JSON.stringify({ keys })}\n`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new BackendFailure('signing-keys-unusable', `${name} in the data folder cannot be written (${code})`, { cause: error })
  }
}
