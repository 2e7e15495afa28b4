import { SerialQueue } from '../../../shared/serial-queue.ts'
import { desktopOf } from '../../keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../../keychain/diagnostics/diagnose.ts'
import { PendingRemovals } from '../../keychain/pending-removals.ts'
import type { Profile } from '../../settings/profile.ts'
import { type Diagnosis, examine, examineClosed, examineItems, withPendingRemovals } from '../../vault/keychain/examine-keychain.ts'
import { itemsOf, type MovableKeychain } from '../../vault/keychain/migrate-items.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { Vault } from '../../vault/session/vault.ts'
import { KeychainInUse } from './keychain-in-use.ts'
import { osKeychainOf } from './keychain-locations.ts'
import { KeychainMoves } from './keychain-moves.ts'
import { PassphraseEntry } from './passphrase-entry.ts'

/**
 * Opens, locks and examines the keychain that holds the vault's items: the system's, the system's under a passphrase, or a file under a
 * passphrase, as a person chose. The profile says which. Only one is in use at a time, and nothing falls back from one to another.
 */
export class KeychainManager {
  readonly moves: KeychainMoves
  readonly #profile: Profile
  readonly #cacheExists: () => boolean
  readonly #removals: PendingRemovals
  /**
   * Runs one change or key derivation at a time: a second move must start from the result of the first, and a derivation takes up to 256
   * MiB.
   */
  readonly #queue = new SerialQueue()
  readonly #passphrase: PassphraseEntry
  readonly #inUse: KeychainInUse

  constructor(profile: Profile, cacheExists: () => boolean) {
    this.#profile = profile
    this.#cacheExists = cacheExists
    this.#passphrase = new PassphraseEntry(profile)
    this.#removals = new PendingRemovals(profile.path('left-in-keychain.json'))
    this.#inUse = new KeychainInUse(profile)
    this.moves = new KeychainMoves({
      ...{ profile, cacheExists },
      inUse: this.#inUse,
      passphrase: this.#passphrase,
      removals: this.#removals,
      queue: this.#queue,
    })
  }

  /** @returns the keychain for an opening of the vault. @throws Refusal `passphrase-needed` */
  open(): MovableKeychain {
    return this.#inUse.open()
  }

  /**
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-corrupt` or `profile-unusable`; `locked` if the app was locked
   *   meanwhile
   */
  unlock(passphrase: Secret): Promise<void> {
    return this.#queue.runExclusive(async () => {
      if (this.#profile.keychain === 'os') return
      if (this.#inUse.unlocked !== null) return this.#passphrase.prove(passphrase)
      const wasLocked = this.#inUse.watchLocks()
      const unlocked = await this.#passphrase.unlock(passphrase)
      if (wasLocked()) {
        unlocked.wipe()
        throw new Refusal('locked')
      }
      this.#inUse.unlocked = unlocked
    })
  }

  /** Runs an opening of the vault, and wipes the unlocked keychain if the vault stays closed: the idle lock never locks a closed vault. */
  async runOpening(vault: Pick<Vault, 'closed'>, open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } finally {
      if (vault.closed !== null) {
        this.#inUse.unlocked?.wipe()
        this.#inUse.unlocked = null
      }
    }
  }

  /**
   * Checks the passphrase of the keychain in use, for actions that ask for it again in an open vault. Wrong attempts count as they do when
   * unlocking.
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-…`; `input-invalid` if the keychain has none
   */
  provePassphrase(passphrase: Secret): Promise<void> {
    return this.#queue.runExclusive(() => this.#passphrase.prove(passphrase))
  }

  /** When the next passphrase may be entered, and how many were wrong. */
  get attempts(): Pick<PassphraseEntry, 'nextTryAt' | 'consumeWrongAttempts'> {
    return this.#passphrase
  }

  /**
   * Locks: the passphrase is needed again from now on.
   * @param closed resolves when nothing needs the items any more; the key is wiped then
   */
  lock(closed: Promise<void>): void {
    const unlocked = this.#inUse.lock()
    const wipe = (): void => unlocked?.wipe()
    closed.then(wipe, wipe) // even if the vault failed to close
  }

  /** Whether the OS keychain still has unsealed copies, because it refused to delete them after a move. */
  get leftBehind(): boolean {
    return this.#removals.wasRefused && this.#profile.keychain !== 'os'
  }

  /** Deletes what interrupted moves, or a locked keychain, left in the OS keychain. @throws Refusal `disk-full` or `profile-unusable` */
  removeLeftBehind(vault: UnlockedVault): Promise<void> {
    return this.#queue.runExclusive(async () => {
      if (!vault.isOpen() || vault.readOnly !== null) return
      await this.#removals.remove(osKeychainOf(this.#profile), this.#inUse.location, () => itemsOf(vault))
    })
  }

  /** The longest value that the keychain in use takes, in bytes. An import refuses longer ones. */
  get maxValueBytes(): number {
    const { keychain } = this.#profile
    if (keychain === 'passphrase' || process.platform !== 'win32') return 16_384
    return keychain === 'guarded' ? 1892 : 2560 // Windows' limit for one credential; sealing takes a third of it
  }

  /** Examines the keychain in use, and the vault's items in it. A closed vault does not know which items to look for. */
  examine(vault: UnlockedVault | null): Promise<Diagnosis> {
    const { platform, env } = process
    const kind = this.#profile.keychain
    return examine(
      kind,
      // The file depends on no service of the system.
      async () =>
        kind !== 'passphrase' ? examineKeychain({ platform, env }) : { provider: null, desktop: desktopOf(platform, env), findings: [] },
      async () => {
        if (vault !== null) return withPendingRemovals(await examineItems(vault), this.leftBehind)
        if (kind !== 'os') return withPendingRemovals({ findings: [], keys: [] }, this.leftBehind)
        return examineClosed(osKeychainOf(this.#profile), this.#profile.rootCheck, this.#cacheExists())
      },
    )
  }
}
