import * as v from 'valibot'
import { exportPair, importPair, type KeyPair } from '../../../clients/shared/secure-session/keys.ts'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'

const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)) // 32 bytes
const text = v.pipe(v.string(), v.parseJson(), v.strictObject({ d: coordinate, x: coordinate, y: coordinate }))

/** Encodes our key pair of one pairing for the vault. */
export async function keyPairToSecret(pair: KeyPair): Promise<Secret> {
  return new Secret(JSON.stringify(await exportPair(pair)))
}

/** @throws Refusal `profile-corrupt` if it is no key pair */
export async function keyPairFromSecret(kept: Secret): Promise<KeyPair> {
  const parsed = v.safeParse(text, kept.expose())
  if (!parsed.success) throw new Refusal('profile-corrupt')
  return importPair(parsed.output)
}
