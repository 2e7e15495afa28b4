import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** SHA-512, in base64, of a file that is about to be used. */
export function digestNow(path: string): string {
  const handle = openAsIs(path)
  try {
    return createHash('sha512').update(readFileSync(handle)).digest('base64')
  } finally {
    closeSync(handle)
  }
}

/** SHA-512, in base64, of a file of any size. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path, { fd: openAsIs(path) }), hash)
  return hash.digest('base64')
}

/** Electron takes a path through app.asar for a way into the archive, and app.asar itself for a folder. */
function openAsIs(path: string): number {
  const before = process.noAsar
  process.noAsar = true
  try {
    return openSync(path, 'r')
  } finally {
    process.noAsar = before
  }
}
