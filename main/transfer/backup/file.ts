import { openSync, readFileSync, closeSync, fstatSync } from 'node:fs'
import { writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { Refusal, storageRefusal } from '../../vault/refusal.ts'

/** Bytes. A vault that is full to every limit comes to a tenth of it. */
const largest = 256 * 1024 * 1024

/** @param most bytes. @throws Refusal `file-unreadable`, `file-too-large` */
export function readChosen(path: string, most = largest): Buffer {
  try {
    const handle = openSync(path, 'r')
    try {
      const { size } = fstatSync(handle)
      if (size > most) throw new Refusal('file-too-large')
      return readFileSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('file-unreadable')
  }
}

/** This user's alone, on disk when it returns; as a whole or not at all. @throws Refusal `disk-full`, `file-unwritable` */
export function writeChosen(path: string, content: string | Uint8Array): void {
  try {
    writeFileAtomic(path, content, 'chosen')
  } catch (error) {
    throw storageRefusal(error, 'file-unwritable')
  }
}
