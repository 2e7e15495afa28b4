import { lstatSync, mkdirSync, readFileSync, rmSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { Refusal, storageRefusal } from '../vault/refusal.ts'

/** The text of a manifest; null if the file does not exist. @throws Refusal `browser-unwritable` if it is not a file of this user */
export function readManifest(path: string): string | null {
  const found = statOrNull(path)
  if (found === null) return null
  return refuseOnError(() => (requireOwn(found, found.isFile()), readFileSync(path, 'utf8')))
}

/**
 * Writes a manifest atomically, readable by this user only, and creates its folder.
 * @throws Refusal `browser-unwritable` if the folder or the file is a symbolic link, which could lead to any file, or another user's
 */
export function writeManifest(path: string, text: string): void {
  refuseOnError(() => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    requireOwnFolder(path)
    const there = statOrNull(path)
    if (there !== null) requireOwn(there, there.isFile())
    writeFileAtomic(path, text)
  })
}

/** @throws Refusal `browser-unwritable`, as `writeManifest` */
export function removeManifest(path: string): void {
  refuseOnError(() => {
    requireOwnFolder(path)
    rmSync(path, { force: true })
  })
}

/** Only the manifest's folder is checked. The browser's folder above may be a link, because people move it to another disk. */
function requireOwnFolder(path: string): void {
  const found = statOrNull(dirname(path))
  requireOwn(found, found?.isDirectory() === true)
}

function requireOwn(found: Stats | null, isRight: boolean): void {
  const isMine = process.getuid === undefined || found?.uid === process.getuid()
  if (!isRight || !isMine) throw new Refusal('browser-unwritable')
}

/** Does not follow a symbolic link. */
function statOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}

function refuseOnError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storageRefusal(error, 'browser-unwritable') // not the system's error, which contains the path
  }
}
