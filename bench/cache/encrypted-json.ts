import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** The alternative to an encrypted database: one JSON text under AES-256-GCM that is read and decrypted whole. */
export function writeEncryptedJson(path: string, key: Uint8Array, content: unknown): void {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  writeFileSync(path, Buffer.concat([nonce, cipher.getAuthTag(), text]))
}

export function readEncryptedJson(path: string, key: Uint8Array): unknown {
  const bytes = readFileSync(path)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'))
}
