import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BackendFailure } from '../failure.ts'

export const storeFile = 'backend.sqlite'

/**
 * Creates the data folder (0700) and its database file (0600), and returns the file's path. SQLite gives the `-wal` file the database
 * file's mode, so the modes are right from the first byte, whatever the umask is.
 *
 * A folder that others can access is made private only if it is empty or already ours: a mistake such as `--data-dir /tmp` must not close a
 * shared folder.
 * @throws BackendFailure `data-dir-unusable`
 */
export function prepareFolder(dataDir: string): string {
  const folder = resolve(dataDir)
  const file = join(folder, storeFile)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const entries = readdirSync(folder)
    const open = process.platform !== 'win32' && (lstatSync(folder).mode & 0o077) !== 0
    if (open && entries.length > 0 && !entries.includes(storeFile)) {
      throw new BackendFailure('data-dir-unusable', 'the data folder is open to others and holds files that are not ours')
    }
    chmodSync(folder, 0o700)
    if (entries.includes(storeFile) && !lstatSync(file).isFile()) {
      throw new BackendFailure('data-dir-unusable', `${storeFile} in the data folder is not a plain file`)
    }
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    return file
  } catch (error) {
    if (error instanceof BackendFailure) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new BackendFailure('data-dir-unusable', `the data folder cannot be used (${code})`, { cause: error })
  }
}
