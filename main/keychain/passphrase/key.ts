import { randomBytes } from 'node:crypto'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import { calibrate, type Cost, deriveKey } from './derivation.ts'
import type { Head } from './envelope.ts'
import { DataKey } from './seal.ts'

interface Wrapping {
  readonly profile: string
  readonly passphrase: Secret
  /** The text that the wrapped key is bound to. */
  readonly binding: (head: Omit<Head, 'key'>) => string
  /** The cost of unwrapping; measured on this computer if left out. */
  readonly cost?: Cost
}

/** Wraps a data key under a key derived from the passphrase and a new salt. */
export async function wrapKey(key: DataKey, { profile, passphrase, binding, cost }: Wrapping): Promise<Head> {
  const salt = randomBytes(16)
  const derivation = { algorithm: 'argon2id' as const, ...(cost ?? (await calibrate())), salt: salt.toString('base64url') }
  const head = { version: 1 as const, profile, derivation }
  const wrapping = await deriveKey(passphrase, salt, derivation)
  const wrapped = key.wrap(wrapping, binding(head))
  wrapping.fill(0)
  return { ...head, key: wrapped }
}

/** @throws Refusal `passphrase-wrong`; `profile-corrupt` if the file asks for too cheap or too expensive a derivation */
export async function unwrapKey(head: Head, passphrase: Secret, binding: string): Promise<DataKey> {
  const wrapping = await deriveKey(passphrase, Buffer.from(head.derivation.salt, 'base64url'), head.derivation)
  const key = DataKey.unwrap(wrapping, head.key, binding)
  wrapping.fill(0)
  if (key === null) throw new Refusal('passphrase-wrong')
  return key
}
