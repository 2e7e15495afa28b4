import { createHmac } from 'node:crypto'

const pageSize = 4096
const entrySize = 64
const pagesInGroup = pageSize / entrySize

/**
 * Whether every page of Realm's encrypted file was written under this key. Realm itself notices a damaged page only when it reads it, and
 * then ends the process, at every start again. So all pages are checked before Realm opens the file.
 *
 * Each group of 64 pages is preceded by a page with one entry per page. An entry has a counter, which is 0 until the page is written, and
 * the HMAC-SHA224 of the page's content, followed by both as of the previous write, which are valid if the last write was interrupted.
 * @param key 64 bytes; the second half is the HMAC's key
 */
export function hasValidPages(file: Buffer, key: Uint8Array): boolean {
  if (file.length < pageSize) return false // Realm treats an empty file as new, and would overwrite what a crash left
  for (let group = 0; group < file.length; group += (pagesInGroup + 1) * pageSize) {
    for (let index = 0; index < pagesInGroup; index += 1) {
      const start = group + (index + 1) * pageSize
      const entry = file.subarray(group + index * entrySize, group + (index + 1) * entrySize)
      if (!isValidPage(file.subarray(start, start + pageSize), entry, key.subarray(32))) return false
    }
  }
  return true
}

function isValidPage(page: Buffer, entry: Buffer, key: Uint8Array): boolean {
  if (page.length === 0 || entry.readUInt32LE(0) === 0) return true
  const mac = createHmac('sha224', key).update(page).digest()
  const [now, before] = [entry.subarray(4, 32), entry.subarray(36, 64)]
  // Space that was allocated for a write that never happened contains zeros.
  return mac.equals(now) || mac.equals(before) || page.every((byte) => byte === 0)
}
