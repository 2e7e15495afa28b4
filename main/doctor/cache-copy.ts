import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cache } from '../vault/ports/cache.ts'
import { Refusal } from '../vault/refusal.ts'

/** The app may be in the middle of a commit while the file is copied; such a copy does not open, and the next one does. */
const attempts = 3

/**
 * Works on a copy of the cache in a folder of its own, which is removed again: Realm writes into a file that it opens, and the app
 * may have it open.
 * @param key 64 bytes
 * @returns null if Realm's native part was not built in this checkout
 * @throws Refusal `profile-corrupt` if the file is not one that this key opens; and what `work` throws
 */
export async function withCacheCopy<T>(file: string, key: Uint8Array, work: (cache: Cache) => Promise<T>): Promise<T | null> {
  const realm = await import('../realm/cache/open-cache.ts').catch(() => null)
  if (realm === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-doctor-'))
  try {
    const cache = openCopy(file, folder, (path) => realm.openCache(path, key))
    try {
      return await work(cache)
    } finally {
      cache.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function openCopy(file: string, folder: string, open: (path: string) => Cache): Cache {
  for (let attempt = 1; ; attempt += 1) {
    const path = join(folder, `${attempt}.realm`)
    copyFileSync(file, path)
    try {
      return open(path)
    } catch (error) {
      if (attempt === attempts || !(error instanceof Refusal)) throw error
    }
  }
}
