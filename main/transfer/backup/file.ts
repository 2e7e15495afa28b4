import { openSync, readFileSync, closeSync, fstatSync } from 'node:fs'
import { writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { Refusal, orStorageRefusal } from '../../vault/refusal.ts'

/** A vault at all of its limits needs a tenth of it. */
const maxBackupBytes = 256 * 1024 * 1024

/** Reads a file that a person chose. @throws Refusal `file-unreadable`, `file-too-large` */
export function readChosenFile(path: string, maxBytes = maxBackupBytes): Buffer {
  try {
    const handle = openSync(path, 'r')
    try {
      const { size } = fstatSync(handle)
      if (size > maxBytes) throw new Refusal('file-too-large')
      return readFileSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('file-unreadable')
  }
}

/**
 * Writes a file that a person chose: private to this user, atomically, and synced to disk.
 * @throws Refusal `disk-full`, `file-unwritable`
 */
export function writeChosenFile(path: string, content: string | Uint8Array): void {
  orStorageRefusal(() => writeFileAtomic(path, content, 'chosen'), 'file-unwritable')
}
