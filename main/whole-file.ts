import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces a file in a folder of ours as a whole or not at all: this user's alone, on disk when it returns. Written by hand because the
 * usual library takes a write for whole that a nearly full disk has cut short, and puts what it cut in place of the good file.
 * @throws the system's error; the file is then as it was
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const beside = `${path}.new` // one name, so that what a killed process left is written over by the next
  rmSync(beside, { force: true })
  replaceBy(beside, path, content)
}

/** As `replaceFile`, in a folder that is a person's: what else is in it, under whatever name, is theirs. */
export function replaceChosen(path: string, content: string | Uint8Array): void {
  replaceBy(join(dirname(path), `latchkey-${randomBytes(8).toString('hex')}.part`), path, content)
}

function replaceBy(beside: string, path: string, content: string | Uint8Array): void {
  const handle = openSync(beside, 'wx', 0o600) // made by us: a link that was put there would lead what is written elsewhere
  try {
    try {
      writeFileSync(handle, content) // goes on until all is written, or fails
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  syncFolder(dirname(path))
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
