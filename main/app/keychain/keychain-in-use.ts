import { OsWithPassphrase } from '../../keychain/os-with-passphrase.ts'
import type { ItemLocation } from '../../keychain/pending-removals.ts'
import type { Profile } from '../../settings/profile.ts'
import { MovableKeychain } from '../../vault/keychain/migrate-items.ts'
import { Refusal } from '../../vault/refusal.ts'
import { osKeychainOf } from './keychain-locations.ts'
import type { WithPassphrase } from './passphrase-entry.ts'

/** The keychain that the profile names, as long as this process has it open. A lock drops it. */
export class KeychainInUse {
  readonly #profile: Profile
  /** The keychain that a passphrase has unlocked; null while it is locked, and for the OS keychain. */
  unlocked: WithPassphrase | null = null
  #movable: MovableKeychain | null = null
  #locks = 0

  constructor(profile: Profile) {
    this.#profile = profile
  }

  /** The keychain that the vault got at its last opening; null after a lock. */
  get movable(): MovableKeychain | null {
    return this.#movable
  }

  /** Where the vault's items are. */
  get location(): ItemLocation {
    return this.unlocked instanceof OsWithPassphrase ? this.unlocked : this.#profile.keychain
  }

  /** @throws Refusal `passphrase-needed` */
  open(): MovableKeychain {
    const keychain = this.#profile.keychain === 'os' ? osKeychainOf(this.#profile) : this.unlocked
    if (keychain === null) throw new Refusal('passphrase-needed')
    return (this.#movable = new MovableKeychain(keychain))
  }

  /** @returns the unlocked keychain, for the caller to wipe once nothing needs it any more */
  lock(): WithPassphrase | null {
    const { unlocked } = this
    this.#locks += 1
    this.unlocked = null
    this.#movable = null
    return unlocked
  }

  /** @returns a function that tells whether there was a lock since this call */
  watchLocks(): () => boolean {
    const locks = this.#locks
    return () => locks !== this.#locks
  }
}
