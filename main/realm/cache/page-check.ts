import { createHmac } from 'node:crypto'

const pageSize = 4096
const entrySize = 64
const pagesInGroup = pageSize / entrySize

/**
 * Whether every page of Realm's encrypted file is one that was written under this key. Realm itself finds a damaged page only
 * when it comes to read it, and then ends the process, at every start anew; so they are all looked at before it opens the file.
 *
 * 64 pages are preceded by one with an entry for each: a counter that is 0 until the page is written, and the HMAC-SHA224 of what
 * the page holds, then both as they were before the last write, which are true if that write was cut off.
 * @param key 64 bytes, whose second half is the HMAC's
 */
export function hasValidPages(file: Buffer, key: Uint8Array): boolean {
  if (file.length < pageSize) return false // Realm takes an empty file for a new one, and would write over what a crash left
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
  // Room that was made in the file for a write that never came holds zeros.
  return mac.equals(now) || mac.equals(before) || page.every((byte) => byte === 0)
}
