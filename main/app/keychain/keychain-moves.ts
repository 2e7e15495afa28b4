import type { SerialQueue } from '../../../shared/serial-queue.ts'
import { OsWithPassphrase } from '../../keychain/os-with-passphrase.ts'
import { requireStrong } from '../../keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../keychain/passphrase/passphrase-keychain.ts'
import type { PendingRemovals } from '../../keychain/pending-removals.ts'
import type { Profile } from '../../settings/profile.ts'
import { itemsOf, type MovableKeychain, requireAllValuesKnown } from '../../vault/keychain/migrate-items.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import type { KeychainInUse } from './keychain-in-use.ts'
import { osKeychainOf, osWithPassphraseOf, passphraseFileOf } from './keychain-locations.ts'
import type { PassphraseEntry, WithPassphrase } from './passphrase-entry.ts'

export interface KeychainMovesParts {
  readonly profile: Profile
  readonly inUse: KeychainInUse
  readonly passphrase: PassphraseEntry
  readonly removals: PendingRemovals
  /** Of everything that changes the keychain in use or derives a key. */
  readonly queue: SerialQueue
  readonly cacheExists: () => boolean
}

/** Moves the vault's items to another keychain, or under another passphrase, while the vault is open. */
export class KeychainMoves {
  readonly #parts: KeychainMovesParts

  constructor(parts: KeychainMovesParts) {
    this.#parts = parts
  }

  /**
   * Moves every item into a new file under a passphrase.
   * @param vault the vault; null if the system's keychain does not let it open, so that there is nothing to move
   * @throws Refusal `passphrase-weak`; `keychain-…` if the items in the system's keychain cannot be read; `locked` if the app was locked
   *   meanwhile; those of `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  usePassphrase(passphrase: Secret, vault: UnlockedVault | null): Promise<void> {
    return vault === null ? this.#startInFile(passphrase) : this.#moveIntoFile(passphrase, vault)
  }

  #startInFile(passphrase: Secret): Promise<void> {
    const { profile, inUse, queue } = this.#parts
    const wasLocked = inUse.watchLocks()
    return queue.runExclusive(async () => {
      if (profile.keychain !== 'os') return
      this.#requireNoVault()
      await this.#withNewFile(passphrase, async (made) => {
        if (wasLocked()) throw new Refusal('locked')
        this.#requireNoVault()
        this.#useFile(made)
      })
    })
  }

  #moveIntoFile(passphrase: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      const { profile, inUse, removals } = this.#parts
      if (profile.keychain !== 'os') return
      await requireAllValuesKnown(vault)
      requireOpen()
      await this.#withNewFile(passphrase, (made) => {
        const commit = (): void => (requireOpen(), this.#useFile(made))
        return removals.move(current, inUse.location, { to: made, into: 'passphrase' }, () => itemsOf(vault), commit)
      })
    })
  }

  async #withNewFile(passphrase: Secret, use: (made: PassphraseKeychain) => Promise<void>): Promise<void> {
    const location = passphraseFileOf(this.#parts.profile)
    PassphraseKeychain.setAside(location.path) // left by an interrupted move: the system's keychain still has every item
    const made = await PassphraseKeychain.make({ ...location, passphrase })
    await wipeOnFailure(made, () => use(made))
  }

  #useFile(made: PassphraseKeychain): void {
    this.#parts.profile.keychain = 'passphrase'
    this.#parts.inUse.unlocked = made
  }

  /** @throws Refusal `keychain-unavailable` if there is a vault: its items in the system's keychain would be left behind */
  #requireNoVault(): void {
    const { profile, cacheExists } = this.#parts
    if (profile.rootCheck !== null || cacheExists()) throw new Refusal('keychain-unavailable')
  }

  /**
   * Seals every item in the system's keychain under a passphrase, which is needed beside that keychain from then on.
   * @throws Refusal `passphrase-weak`; `keychain-…` if the keychain does not take every item; `locked` if the app was locked meanwhile;
   *   those of `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  addPassphrase(passphrase: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      const { profile, inUse, removals } = this.#parts
      if (profile.keychain !== 'os') return
      await requireAllValuesKnown(vault)
      requireOpen()
      const made = await OsWithPassphrase.make({ ...osWithPassphraseOf(profile), passphrase })
      await wipeOnFailure(made, async () => {
        made.save() // before anything is sealed under a key that only this file opens
        const commit = (): void => {
          requireOpen()
          profile.keychain = 'guarded'
          inUse.unlocked = made
        }
        await removals.move(current, inUse.location, { to: made, into: made }, () => itemsOf(vault), commit)
      })
    })
  }

  /**
   * Replaces the passphrase, and seals every item again under a new key.
   * @throws Refusal `passphrase-wrong` or `passphrase-wait` for the current passphrase, `passphrase-weak` for the next; those of a move
   */
  changePassphrase(now: Secret, next: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      const { inUse, passphrase, removals } = this.#parts
      requireStrong(next)
      const from = inUse.unlocked
      if (from === null) throw new Refusal('input-invalid')
      await passphrase.prove(now)
      requireOpen()
      if (from instanceof PassphraseKeychain) return from.change(next)
      await requireAllValuesKnown(vault)
      const renewed = await from.renewed(next)
      const commit = (): void => {
        requireOpen()
        renewed.save()
        inUse.unlocked = renewed
      }
      await wipeOnFailure(renewed, () =>
        removals.move(current, inUse.location, { to: renewed, into: renewed }, () => itemsOf(vault), commit),
      )
      from.wipe()
    })
  }

  /**
   * Moves every item back into the system's keychain, without a passphrase.
   * @throws Refusal `keychain-…` if the system's keychain does not take every item; `locked` if the app was locked meanwhile; those of
   *   `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  useOs(vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      const { profile, inUse, removals } = this.#parts
      const from = inUse.unlocked
      if (profile.keychain === 'os' || from === null) return
      await requireAllValuesKnown(vault)
      requireOpen()
      const names = [...itemsOf(vault), ...(from instanceof PassphraseKeychain ? await from.names() : [])]
      const commit = (): void => {
        requireOpen()
        profile.keychain = 'os'
      }
      await removals.move(current, inUse.location, { to: osKeychainOf(profile), into: 'os' }, () => names, commit)
      inUse.unlocked = null
      // The move is done. If the file cannot be deleted, what it opens is nothing, or copies sealed under its passphrase.
      await from.discard().catch(() => from.wipe())
    })
  }

  /**
   * Runs a change of the keychain that an open vault works on. If that vault was locked, the change is refused as `locked`: there may then
   * be no keychain in use, or another one, and the change would move items out of the wrong one.
   * @param change must call `requireOpen` after each await and at the commit
   */
  #change(vault: UnlockedVault, change: (current: MovableKeychain, requireOpen: () => void) => Promise<void>): Promise<void> {
    const { inUse, queue } = this.#parts
    const [current, wasLocked] = [inUse.movable, inUse.watchLocks()]
    const requireOpen = (): void => {
      if (wasLocked() || !vault.isOpen()) throw new Refusal('locked')
    }
    return queue.runExclusive(async () => {
      requireOpen()
      if (current === null) throw new Refusal('locked')
      await change(current, requireOpen)
    })
  }
}

async function wipeOnFailure(made: WithPassphrase, use: () => Promise<void>): Promise<void> {
  try {
    await use()
  } catch (error) {
    made.wipe()
    throw error
  }
}
