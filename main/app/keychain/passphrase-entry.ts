import { OsWithPassphrase } from '../../keychain/os-with-passphrase.ts'
import { PassphraseAttempts } from '../../keychain/passphrase/attempts.ts'
import { PassphraseKeychain } from '../../keychain/passphrase/passphrase-keychain.ts'
import type { Profile } from '../../settings/profile.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import { osWithPassphraseOf, passphraseFileOf } from './keychain-locations.ts'

/** A keychain that a passphrase has unlocked. */
export type WithPassphrase = PassphraseKeychain | OsWithPassphrase

/** Unlocks the profile's keychain with the passphrase that a person enters. After wrong ones, the next is accepted only after a wait. */
export class PassphraseEntry {
  readonly #profile: Profile
  #attempts: PassphraseAttempts | null = null
  #wrongBefore = 0

  constructor(profile: Profile) {
    this.#profile = profile
  }

  /**
   * A derivation takes up to 256 MiB: the caller does one at a time.
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-corrupt` or `profile-unusable`
   */
  unlock(passphrase: Secret): Promise<WithPassphrase> {
    const wrongBefore = this.#passphraseAttempts().wrong
    return this.#passphraseAttempts().make(async () => {
      const unlocked =
        this.#profile.keychain === 'guarded'
          ? await OsWithPassphrase.unlock({ ...osWithPassphraseOf(this.#profile), passphrase })
          : await PassphraseKeychain.unlock({ ...passphraseFileOf(this.#profile), passphrase })
      this.#wrongBefore = wrongBefore
      return unlocked
    })
  }

  /** @throws Refusal as `unlock`; `input-invalid` if the keychain has no passphrase */
  async prove(passphrase: Secret): Promise<void> {
    if (this.#profile.keychain === 'os') throw new Refusal('input-invalid')
    ;(await this.unlock(passphrase)).wipe()
  }

  /** When a passphrase may be tried next, in milliseconds since 1970; null for at once. */
  get nextTryAt(): number | null {
    return this.#profile.keychain === 'os' ? null : this.#passphraseAttempts().nextAt
  }

  /** The number of wrong passphrases before the right one. Reading it resets it. */
  consumeWrongAttempts(): number {
    const wrong = this.#wrongBefore
    this.#wrongBefore = 0
    return wrong
  }

  #passphraseAttempts(): PassphraseAttempts {
    const path = this.#profile.path('passphrase-attempts.json')
    return (this.#attempts ??= new PassphraseAttempts({ path, clock: Date.now, elapsed: () => performance.now() }))
  }
}
