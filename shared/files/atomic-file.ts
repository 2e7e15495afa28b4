import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces a file atomically: readable by this user only, on disk when it returns. Written by hand because the usual library accepts a
 * write that a nearly full disk has truncated, and replaces the intact file by the truncated one.
 * @param folder `ours`: what a killed process left beside the file is overwritten. `chosen`: a person's folder, in which every other file,
 *   whatever its name, is theirs
 * @throws the system's error; the file is then unchanged
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, folder: 'ours' | 'chosen' = 'ours'): void {
  const draft = folder === 'ours' ? `${path}.new` : join(dirname(path), `latchkey-${randomBytes(8).toString('hex')}.part`)
  if (folder === 'ours') rmSync(draft, { force: true })
  writeNewFile(draft, content)
  try {
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/**
 * Creates a file that must not exist yet: readable by this user only, on disk when it returns. A symbolic link in its place is not
 * followed. A process that is killed half-way leaves a part of it.
 * @throws the system's error, `EEXIST` if the file exists; what was written of it is removed
 */
export function createFile(path: string, content: string | Uint8Array): void {
  writeNewFile(path, content)
  syncFolder(dirname(path))
}

function writeNewFile(path: string, content: string | Uint8Array): void {
  const handle = openSync(path, 'wx', 0o600)
  try {
    try {
      writeFileSync(handle, content) // writes everything or fails
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

/** Makes a new name survive a power cut. The file is already in place, so errors here are ignored. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // Windows cannot open folders, and makes names durable itself
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    return
  }
}
