import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Realm from 'realm'
import { systemCode } from '../../../shared/system-error.ts'
import type { Cache } from '../../vault/ports/cache.ts'
import { Refusal, orStorageRefusal } from '../../vault/refusal.ts'
import { RealmCache, refusalOf } from './realm-cache.ts'
import { schema, schemaVersion } from './records.ts'
import { requireDiskSpace } from '../server/sdk.ts'
import { hasValidPages } from './page-check.ts'

export function cacheExists(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw new Refusal('profile-unusable')
  }
}

/**
 * Opens the encrypted records, or creates them.
 * @param key 64 bytes
 * @throws Refusal `profile-corrupt` if this key does not open the file, or for a version before the first release; `profile-newer` for a
 *   file of a newer version, which is left unchanged; `profile-unusable` if the system denies access; `disk-full`
 */
export function openCache(path: string, key: Uint8Array): Cache {
  orStorageRefusal(() => mkdirSync(dirname(path), { recursive: true, mode: 0o700 }))
  if (!cacheExists(path)) requireDiskSpace(dirname(path))
  else if (!isReadableWithKey(path, key)) throw new Refusal('profile-corrupt')
  return new RealmCache(openFile(path, key))
}

/**
 * Opens temporary records for a read-only vault. The key exists only in this process's memory, and the file is deleted when the cache is
 * closed. Nobody can read what a killed process leaves behind.
 * @throws Refusal `profile-unusable` or `disk-full` if the system's temporary folder cannot be used
 */
export function openTemporaryCache(): Cache {
  const folder = makeTemporaryFolder()
  try {
    requireDiskSpace(folder)
    return new TemporaryCache(openFile(join(folder, 'cache.realm'), randomBytes(64)), folder)
  } catch (error) {
    removeFolder(folder)
    throw error
  }
}

class TemporaryCache extends RealmCache {
  readonly #folder: string

  constructor(file: Realm, folder: string) {
    super(file)
    this.#folder = folder
  }

  override close(): void {
    super.close()
    removeFolder(this.#folder)
  }
}

/** Never throws, because the vault must be able to close. If the system still holds the files, nobody can read them. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    return
  }
}

function openFile(path: string, encryptionKey: Uint8Array): Realm {
  try {
    const file = new Realm({ path, schema, schemaVersion, migration: migrate, encryptionKey })
    chmodSync(path, 0o600)
    return file
  } catch (error) {
    throw refusalOf(error, path)
  }
}

/**
 * Schema 6 adds the optional `service`, and schema 7 the optional `details` of keys and creations. Realm fills them with null. Schemas 1 to
 * 4 were never released. Without this function Realm would open such a file as one of this version, with its journal lost.
 */
function migrate(before: Realm): void {
  if (before.schemaVersion < 5) throw new Error('migration is required') // Realm passes on the sentence alone, so it is Realm's own for this
}

/** A file that another process is committing to looks damaged, so the check is repeated before it fails. */
function isReadableWithKey(path: string, key: Uint8Array): boolean {
  for (let looks = 0; looks < 3; looks += 1) {
    if (hasValidPages(read(path), key)) return true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  return false
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    throw new Refusal('profile-unusable')
  }
}

function makeTemporaryFolder(): string {
  return orStorageRefusal(() => mkdtempSync(join(tmpdir(), 'latchkey-cache-'))) // with mode 0700
}
