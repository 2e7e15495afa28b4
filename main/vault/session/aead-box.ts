import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const [algorithm, nonceLength, tagLength] = ['aes-256-gcm', 12, 16] as const
/** Bytes that a box has beside what is in it. */
export const boxOverhead = nonceLength + tagLength

/**
 * Seals bytes by AES-256-GCM under a random nonce. Layout: nonce 12 | tag 16 | ciphertext.
 * @param binding what is sealed and where it belongs: the box opens under the same binding alone
 */
export function sealBox(key: Uint8Array, bytes: Uint8Array, binding: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(binding)
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** @returns what is in the box, for the caller to overwrite after use; null if this key and binding did not seal it */
export function openBox(key: Uint8Array, box: Uint8Array, binding: Uint8Array): Buffer | null {
  if (box.length < boxOverhead) return null
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(binding)
  decipher.setAuthTag(box.subarray(nonceLength, boxOverhead))
  const bytes = decipher.update(box.subarray(boxOverhead)) // all of it: the end of a GCM text is the check alone
  try {
    decipher.final()
    return bytes
  } catch {
    bytes.fill(0) // not proved to be what was sealed
    return null
  }
}

/** Uses a key or a text once. @returns what `use` returns; the bytes are overwritten, whatever happens */
export function useAndWipe<B extends Uint8Array, T>(bytes: B, use: (bytes: B) => T): T {
  try {
    return use(bytes)
  } finally {
    bytes.fill(0)
  }
}
