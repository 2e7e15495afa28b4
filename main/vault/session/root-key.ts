import { createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { boxOverhead, openBox, sealBox, useAndWipe } from './aead-box.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'

/** The PKCS#8 prefix of an Ed25519 private key (RFC 8410). */
const ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * One random secret of 32 bytes in the keychain, from which the cache's file key and the sealing key are derived. It is one item and not
 * two, because some systems prompt for each item, and two could be restored from different backups.
 */
export class RootKey {
  readonly #bytes: Buffer
  #wiped = false

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  static generate(): RootKey {
    return new RootKey(randomBytes(32))
  }

  /** @throws Refusal `keychain-mismatch` if `toSecret` did not make the keychain's item */
  static parse(secret: Secret): RootKey {
    const text = secret.expose()
    if (!/^[A-Za-z0-9_-]{43}$/.test(text)) throw new Refusal('keychain-mismatch')
    return new RootKey(Buffer.from(text, 'base64url'))
  }

  toSecret(): Secret {
    this.#requireUnwiped()
    return new Secret(this.#bytes.toString('base64url'))
  }

  /** The 64-byte key of Realm's file encryption. */
  cacheKey(): Uint8Array {
    return this.#derive('latchkey cache v1', 64)
  }

  /**
   * Seals a value under a derived key. The binding contains the account and key ids, so that a sealed value that is moved to another record
   * does not open. Layout, base64url: version 1 | box.
   */
  seal(value: Secret, binding: string): string {
    const box = useAndWipe(this.#derive('latchkey seal v1', 32), (key) =>
      useAndWipe(Buffer.from(value.expose()), (bytes) => sealBox(key, bytes, Buffer.from(binding))),
    )
    return Buffer.concat([Buffer.of(1), box]).toString('base64url')
  }

  /** @throws Refusal `profile-corrupt` if this key and binding did not seal it */
  open(sealed: string, binding: string): Secret {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length < 1 + boxOverhead || bytes[0] !== 1) throw new Refusal('profile-corrupt')
    const opened = useAndWipe(this.#derive('latchkey seal v1', 32), (key) => openBox(key, bytes.subarray(1), Buffer.from(binding)))
    if (opened === null) throw new Refusal('profile-corrupt')
    return useAndWipe(opened, (text) => new Secret(text.toString()))
  }

  /**
   * Distinguishes values without revealing them. It is keyed, so that values cannot be guessed with the cache alone, and bound to the item,
   * so that equal values under two names look different. 32 hex digits.
   */
  fingerprint(value: Secret, binding: string): string {
    return this.fingerprints((of) => of(value, binding))
  }

  /** Computes many fingerprints with one derived key, which is wiped afterwards. @param work synchronous */
  fingerprints<T>(work: (of: (value: Secret, binding: string) => string) => T): T {
    return useAndWipe(this.#derive('latchkey fingerprint v1', 32), (key) =>
      work((value, binding) => createHmac('sha256', key).update(`${binding}\0${value.expose()}`).digest('hex').slice(0, 32)),
    )
  }

  /** 16 hex digits that identify this root key. Not a secret: it is stored unencrypted beside the cache. */
  check(): string {
    return Buffer.from(this.#derive('latchkey check v1', 8)).toString('hex')
  }

  /** The journal's signing key (Ed25519). `publicKey`: 32 bytes, base64url. */
  signer(): { readonly key: KeyObject; readonly publicKey: string } {
    const seed = this.#derive('latchkey journal v1', 32)
    const der = Buffer.concat([ed25519, seed])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    seed.fill(0)
    der.fill(0)
    return { key, publicKey: createPublicKey(key).export({ format: 'jwk' }).x ?? '' }
  }

  /** Overwrites the key's only buffer. Later use is refused as `locked`: a key of zeros must never seal a value. */
  wipe(): void {
    this.#bytes.fill(0)
    this.#wiped = true
  }

  #requireUnwiped(): void {
    if (this.#wiped) throw new Refusal('locked')
  }

  #derive(purpose: string, length: number): Uint8Array {
    this.#requireUnwiped()
    return new Uint8Array(hkdfSync('sha256', this.#bytes, '', purpose, length))
  }
}
