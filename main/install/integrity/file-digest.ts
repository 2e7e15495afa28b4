import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** SHA-512, in base64, of a file that is about to be used. */
export function digestFileSync(path: string): string {
  const handle = openIgnoringAsar(path)
  try {
    return createHash('sha512').update(readFileSync(handle)).digest('base64')
  } finally {
    closeSync(handle)
  }
}

/** SHA-512, in base64, of a file of any size. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path, { fd: openIgnoringAsar(path) }), hash)
  return hash.digest('base64')
}

/** Electron treats app.asar as a folder. `noAsar` opens it as the file that it is. */
function openIgnoringAsar(path: string): number {
  const before = process.noAsar
  process.noAsar = true
  try {
    return openSync(path, 'r')
  } finally {
    process.noAsar = before
  }
}
