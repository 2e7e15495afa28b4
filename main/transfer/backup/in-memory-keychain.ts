import type { Keychain } from '../../vault/ports/keychain.ts'
import type { Secret } from '../../vault/secret.ts'

/** A keychain for the verification of a backup. Nothing of it is on disk. */
export class InMemoryKeychain implements Keychain {
  readonly #items = new Map<string, Secret>()

  async read(item: string): ReturnType<Keychain['read']> {
    const secret = this.#items.get(item)
    return secret === undefined ? { outcome: 'absent' } : { outcome: 'ok', secret }
  }

  async write(item: string, secret: Secret): ReturnType<Keychain['write']> {
    this.#items.set(item, secret)
    return { outcome: 'ok' }
  }

  async remove(item: string): ReturnType<Keychain['remove']> {
    this.#items.delete(item)
    return { outcome: 'ok' }
  }
}
