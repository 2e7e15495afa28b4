import { useAndWipe } from '../vault/session/aead-box.ts'
import type { Keychain, KeychainFailure, WriteOutcome } from '../vault/ports/keychain.ts'
import { codeOf, Refusal } from '../vault/refusal.ts'
import { Secret } from '../vault/secret.ts'
import { type Cost, requireStrong } from './passphrase/derivation.ts'
import { type Guard, type Head, keyBinding, parseGuard, textOf } from './passphrase/envelope.ts'
import { PassphraseFile } from './passphrase/passphrase-file.ts'
import { unwrapKey, wrapKey } from './passphrase/key.ts'
import type { PassphraseFileLocation } from './passphrase/passphrase-keychain.ts'
import { DataKey } from './passphrase/seal.ts'

export interface OsWithPassphraseLocation extends PassphraseFileLocation {
  /** The OS keychain, which holds the sealed items. */
  readonly inner: Keychain
}

/**
 * The OS keychain under a passphrase. It holds each item sealed: nobody can use the keychain without the passphrase, even at the computer
 * of a signed-in person, and nobody can use the passphrase without the keychain.
 *
 * Argon2id derives a key from the passphrase. That key wraps a random data key, in a file of the profile. The data key seals each item,
 * bound to its name. The names of the items start with the slot that the file names: a change of passphrase moves all items into the other
 * slot, under a new data key, and replacing the file is the commit.
 */
export class OsWithPassphrase implements Keychain {
  readonly #inner: Keychain
  readonly #file: PassphraseFile
  readonly #guard: Guard
  readonly #key: DataKey

  private constructor({ path, inner }: OsWithPassphraseLocation, guard: Guard, key: DataKey) {
    this.#inner = inner
    this.#file = new PassphraseFile(path)
    this.#guard = guard
    this.#key = key
  }

  /** Creates it under a passphrase that is not on disk yet: `save` writes it. @throws Refusal `passphrase-weak` */
  static make(place: OsWithPassphraseLocation & { passphrase: Secret; cost?: Cost }): Promise<OsWithPassphrase> {
    return make(place, 'a', (guard, key) => new OsWithPassphrase(place, guard, key))
  }

  /** @throws Refusal `passphrase-wrong`, `profile-corrupt` if the file is missing or damaged, or `profile-unusable` if it cannot be read */
  static async unlock(place: OsWithPassphraseLocation & { passphrase: Secret }): Promise<OsWithPassphrase> {
    const guard = parseGuard(await new PassphraseFile(place.path).read(), place.profileId)
    return new OsWithPassphrase(place, guard, await unwrapKey(guard, place.passphrase, bindingOf(guard.slot)(guard)))
  }

  /** The same OS keychain under another passphrase and data key, as the target of a move. @throws Refusal `passphrase-weak` */
  renewed(passphrase: Secret, cost?: Cost): Promise<OsWithPassphrase> {
    this.#key.requireUnwiped()
    const place = { path: this.#file.path, profileId: this.#guard.profile, inner: this.#inner }
    const slot = this.#guard.slot === 'a' ? 'b' : 'a'
    return make({ ...place, passphrase, ...(cost && { cost }) }, slot, (guard, key) => new OsWithPassphrase(place, guard, key))
  }

  /** Makes this the profile's passphrase. On disk when it returns. @throws Refusal `disk-full` or `profile-unusable` */
  save(): void {
    this.#file.write(textOf(this.#guard))
  }

  /** Deletes the passphrase file, once nothing is sealed under it any more. @throws Refusal `profile-unusable` */
  async discard(): Promise<void> {
    this.#file.delete()
    this.wipe()
  }

  async read(
    item: string,
    prompt?: boolean,
  ): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | 'mismatch' | KeychainFailure }> {
    if (this.#key.wiped) return { outcome: 'locked' }
    const read = await this.#inner.read(this.nameOf(item), prompt)
    if (read.outcome !== 'ok') return read
    return this.#orMismatch(() => ({
      outcome: 'ok',
      secret: useAndWipe(this.#key.open('item', read.secret.expose(), this.#binding(item)), (bytes) => new Secret(bytes.toString())),
    }))
  }

  async write(item: string, secret: Secret): Promise<{ outcome: WriteOutcome }> {
    const text = secret.expose()
    const bytes = Buffer.from(text)
    // Refuses what the inner keychain would refuse or change; otherwise the item could not be moved there unsealed.
    if (text === '' || text.includes('\0') || bytes.toString() !== text) return { outcome: 'mismatch' }
    const sealed = this.#orMismatch(() => ({ outcome: 'ok', secret: new Secret(this.#key.seal('item', bytes, this.#binding(item))) }))
    bytes.fill(0)
    return sealed.outcome === 'ok' ? this.#inner.write(this.nameOf(item), sealed.secret) : sealed
  }

  async remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    return this.#key.wiped ? { outcome: 'locked' } : this.#inner.remove(this.nameOf(item))
  }

  /** Overwrites the key. Every later call is `locked`. */
  wipe(): void {
    this.#key.wipe()
  }

  /** The name of an item in the OS keychain. */
  nameOf(item: string): string {
    return `guarded-${this.#guard.slot}/${item}`
  }

  isNameOf(name: string): boolean {
    return name.startsWith(this.nameOf(''))
  }

  #binding(item: string): string {
    return `guarded ${this.#guard.profile}/${item}`
  }

  /** An item that another program wrote in place of ours does not open, and is a `mismatch`. */
  #orMismatch(use: () => { outcome: 'ok'; secret: Secret }): { outcome: 'ok'; secret: Secret } | { outcome: 'mismatch' | 'locked' } {
    try {
      return use()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { outcome: codeOf(error) === 'locked' ? 'locked' : 'mismatch' }
    }
  }
}

async function make<T>(
  { profileId, passphrase, cost }: OsWithPassphraseLocation & { passphrase: Secret; cost?: Cost },
  slot: Guard['slot'],
  construct: (guard: Guard, key: DataKey) => T,
): Promise<T> {
  requireStrong(passphrase)
  const key = DataKey.generate()
  const head = await wrapKey(key, { profile: profileId, passphrase, binding: bindingOf(slot), ...(cost && { cost }) })
  return construct({ ...head, slot }, key)
}

/** The wrapped key of one slot does not open as the other's, nor as a passphrase vault's. */
function bindingOf(slot: Guard['slot']): (head: Omit<Head, 'key'>) => string {
  return (head) => JSON.stringify(['guard', slot, keyBinding(head)])
}
