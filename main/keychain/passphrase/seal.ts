import { hkdfSync, randomBytes } from 'node:crypto'
import { openBox, sealBox, useAndWipe } from '../../vault/session/aead-box.ts'
import { Refusal } from '../../vault/refusal.ts'

/**
 * The random key of a passphrase vault. The file stores it wrapped under the key derived from the passphrase. Everything in the vault is
 * sealed under keys derived from it. `binding` says what is sealed and where it belongs; it does not open elsewhere.
 */
export class DataKey {
  readonly #bytes: Buffer
  #wiped = false

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  static generate(): DataKey {
    return new DataKey(randomBytes(32))
  }

  /** @param wrapping the passphrase's key. @returns null if it was wrapped under another key */
  static unwrap(wrapping: Uint8Array, wrapped: string, binding: string): DataKey | null {
    const bytes = open(wrapping, wrapped, `key ${binding}`)
    return bytes === null ? null : new DataKey(bytes)
  }

  wrap(wrapping: Uint8Array, binding: string): string {
    this.requireUnwiped()
    return seal(wrapping, this.#bytes, `key ${binding}`)
  }

  seal(what: 'body' | 'item', bytes: Uint8Array, binding: string): string {
    return useAndWipe(this.#derive(what), (key) => seal(key, bytes, `${what} ${binding}`))
  }

  /**
   * @returns bytes, to be overwritten by the caller after use
   * @throws Refusal `profile-corrupt` if this key did not seal it as this kind, for this binding
   */
  open(what: 'body' | 'item', sealed: string, binding: string): Buffer {
    const bytes = useAndWipe(this.#derive(what), (key) => open(key, sealed, `${what} ${binding}`))
    if (bytes === null) throw new Refusal('profile-corrupt')
    return bytes
  }

  /** Overwrites the key. Later use is refused as `locked`: a key of zeros must never seal a value. */
  wipe(): void {
    this.#bytes.fill(0)
    this.#wiped = true
  }

  get wiped(): boolean {
    return this.#wiped
  }

  /** @throws Refusal `locked` once wiped */
  requireUnwiped(): void {
    if (this.#wiped) throw new Refusal('locked')
  }

  #derive(what: 'body' | 'item'): Uint8Array {
    this.requireUnwiped()
    return new Uint8Array(hkdfSync('sha256', this.#bytes, '', `latchkey passphrase ${what} v1`, 32))
  }
}

function seal(key: Uint8Array, bytes: Uint8Array, binding: string): string {
  return sealBox(key, bytes, bound(binding)).toString('base64url')
}

function open(key: Uint8Array, sealed: string, binding: string): Buffer | null {
  return openBox(key, Buffer.from(sealed, 'base64url'), bound(binding))
}

function bound(binding: string): Buffer {
  return Buffer.from(`latchkey passphrase ${binding}`)
}
