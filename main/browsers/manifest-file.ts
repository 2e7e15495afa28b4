import { lstatSync, mkdirSync, readFileSync, rmSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { Refusal, storageRefusal } from '../vault/refusal.ts'

/** The text of a manifest; null if there is none. @throws Refusal `browser-unwritable` if what is there is no file of this user's */
export function readManifest(path: string): string | null {
  const found = statOrNull(path)
  if (found === null) return null
  return refuseOnError(() => (requireOwn(found, found.isFile()), readFileSync(path, 'utf8')))
}

/**
 * Writes a manifest as a whole, for this user's eyes, and makes the folder that it is in.
 * @throws Refusal `browser-unwritable` if the folder or the file is a link, which could lead to anybody's file, or another user's
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

/** The browser's own folder around it may be a link: people move theirs to another disk, and the browser goes there too. */
function requireOwnFolder(path: string): void {
  const found = statOrNull(dirname(path))
  requireOwn(found, found?.isDirectory() === true)
}

function requireOwn(found: Stats | null, isRight: boolean): void {
  const isMine = process.getuid === undefined || found?.uid === process.getuid()
  if (!isRight || !isMine) throw new Refusal('browser-unwritable')
}

/** Of the link itself, if it is one. */
function statOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}

function refuseOnError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storageRefusal(error, 'browser-unwritable') // the system's reason has the path in it
  }
}
