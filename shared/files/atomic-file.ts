import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces a file as a whole or not at all: this user's alone, on disk when it returns. Written by hand because the usual library takes
 * a write for whole that a nearly full disk has cut short, and puts what it cut in place of the good file.
 * @param folder `ours`: what a killed process left beside the file is written over. `chosen`, for a person's folder: every other file in
 *   it, under any name, is theirs
 * @throws the system's error; the file is then as it was
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
 * Makes a file that must not be there yet: this user's alone, on disk when it returns. A link in its place is not followed. A process
 * killed on the way leaves a part of it.
 * @throws the system's error, `EEXIST` if the file is there; what was written of it is removed
 */
export function createFile(path: string, content: string | Uint8Array): void {
  writeNewFile(path, content)
  syncFolder(dirname(path))
}

function writeNewFile(path: string, content: string | Uint8Array): void {
  const handle = openSync(path, 'wx', 0o600)
  try {
    try {
      writeFileSync(handle, content) // goes on until all is written, or fails
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

/** So that a new name survives a power cut. The file is in its place already: what goes wrong here undoes nothing, and is not told. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // which opens no folders, and keeps names by itself
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
