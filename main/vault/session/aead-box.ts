import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const [algorithm, nonceLength, tagLength] = ['aes-256-gcm', 12, 16] as const
/** Bytes that a box adds to its content. */
export const boxOverhead = nonceLength + tagLength

/**
 * Seals bytes with AES-256-GCM under a random nonce. Layout: nonce 12 | tag 16 | ciphertext.
 * @param binding what is sealed and where it belongs; the box opens only with the same binding
 */
export function sealBox(key: Uint8Array, bytes: Uint8Array, binding: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(binding)
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** @returns the content, to be overwritten by the caller after use; null if this key and binding did not seal it */
export function openBox(key: Uint8Array, box: Uint8Array, binding: Uint8Array): Buffer | null {
  if (box.length < boxOverhead) return null
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(binding)
  decipher.setAuthTag(box.subarray(nonceLength, boxOverhead))
  const bytes = decipher.update(box.subarray(boxOverhead)) // the whole text: `final` only checks the tag
  try {
    decipher.final()
    return bytes
  } catch {
    bytes.fill(0) // not authenticated
    return null
  }
}

/** Uses a key or a plaintext once. @returns what `use` returns; the bytes are overwritten in any case */
export function useAndWipe<B extends Uint8Array, T>(bytes: B, use: (bytes: B) => T): T {
  try {
    return use(bytes)
  } finally {
    bytes.fill(0)
  }
}
