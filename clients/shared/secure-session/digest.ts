import { type Bytes, utf8 } from './bytes.ts'

/**
 * SHA-256 over a label and parts, each prefixed by its length, so that no two lists of parts give the same bytes. The label names the
 * purpose: a digest made for one purpose proves nothing for another.
 */
export async function digest(label: string, ...parts: readonly Uint8Array[]): Promise<Bytes> {
  const all = [utf8(label), ...parts].flatMap((part) => [lengthOf(part), part])
  const bytes = new Uint8Array(all.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of all) {
    bytes.set(part, at)
    at += part.length
  }
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))
}

function lengthOf(part: Uint8Array): Bytes {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, part.length)
  return length
}
