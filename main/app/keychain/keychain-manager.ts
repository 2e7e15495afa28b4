import { SerialQueue } from '../../../shared/serial-queue.ts'
import { desktopOf } from '../../keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../../keychain/diagnostics/diagnose.ts'
import { OsWithPassphrase } from '../../keychain/os-with-passphrase.ts'
import { type InUse, PendingRemovals } from '../../keychain/pending-removals.ts'
import { requireStrong } from '../../keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../keychain/passphrase/passphrase-keychain.ts'
import type { Profile } from '../../settings/profile.ts'
import { type Diagnosis, examine, examineClosed, examineItems, withPendingRemovals } from '../../vault/keychain/examine-keychain.ts'
import { itemsOf, MovableKeychain, requireAllValuesKnown } from '../../vault/keychain/migrate-items.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import type { Keychain } from '../../vault/ports/keychain.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { Vault } from '../../vault/session/vault.ts'
import { osKeychainOf, osWithPassphraseOf, passphraseFileOf } from './keychain-locations.ts'
import { PassphraseEntry, type WithPassphrase } from './passphrase-entry.ts'

/**
 * Opens and changes the keychain that holds the vault's items: the system's, the system's under a passphrase, or a file under a
 * passphrase, as a person chose. The profile says which. Only one is in use at a time, and nothing falls back from one to another.
 */
export class KeychainManager {
  readonly #profile: Profile
  readonly #cacheExists: () => boolean
  readonly #left: PendingRemovals
  /**
   * Runs one change or key derivation at a time: a second move must start from the result of the first, and a derivation takes up to 256
   * MiB.
   */
  readonly queue = new SerialQueue()
  readonly #passphrase: PassphraseEntry
  #unlocked: WithPassphrase | null = null
  #current: MovableKeychain | null = null
  #locks = 0

  constructor(profile: Profile, cacheExists: () => boolean) {
    this.#profile = profile
    this.#passphrase = new PassphraseEntry(profile)
    this.#cacheExists = cacheExists
    this.#left = new PendingRemovals(profile.path('left-in-keychain.json'))
  }

  /** @returns the keychain for an opening of the vault. @throws Refusal `passphrase-needed` */
  open(): MovableKeychain {
    return (this.#current = new MovableKeychain(this.#profile.keychain === 'os' ? osKeychainOf(this.#profile) : this.#requireUnlocked()))
  }

  /**
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-corrupt` or `profile-unusable`; `locked` if the app was locked
   * meanwhile
   */
  unlock(passphrase: Secret): Promise<void> {
    return this.queue.runExclusive(async () => {
      if (this.#profile.keychain === 'os') return
      if (this.#unlocked !== null) return this.#passphrase.prove(passphrase)
      const locks = this.#locks
      const unlocked = await this.#passphrase.unlock(passphrase)
      if (locks !== this.#locks) {
        unlocked.wipe()
        throw new Refusal('locked')
      }
      this.#unlocked = unlocked
    })
  }

  /** Runs an opening of the vault, and wipes the unlocked keychain if the vault stays closed: the idle lock never locks a closed vault. */
  async runOpening(vault: Pick<Vault, 'closed'>, open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } finally {
      if (vault.closed !== null) {
        this.#unlocked?.wipe()
        this.#unlocked = null
      }
    }
  }

  /**
   * Checks the passphrase of the keychain in use, for actions that ask for it again in an open vault. Wrong attempts count as they do when
   * unlocking.
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-…`; `input-invalid` if the keychain has none
   */
  provePassphrase(passphrase: Secret): Promise<void> {
    return this.queue.runExclusive(() => this.#passphrase.prove(passphrase))
  }

  /** Of the passphrases that were entered: when the next may be, and how many were wrong. */
  get attempts(): Pick<PassphraseEntry, 'nextTryAt' | 'consumeWrongAttempts'> {
    return this.#passphrase
  }

  /**
   * Locks: the passphrase is needed again from now on.
   * @param closed resolves when nothing needs the items any more; the key is wiped then
   */
  lock(closed: Promise<void>): void {
    const held = this.#unlocked
    this.#locks += 1
    this.#unlocked = null
    this.#current = null
    const wipe = (): void => held?.wipe()
    closed.then(wipe, wipe) // even if the vault failed to close
  }

  /**
   * Moves every item into a new file under a passphrase.
   * @param vault the vault; null if the system's keychain does not let it open, so that there is nothing to move
   * @throws Refusal `passphrase-weak`; `keychain-…` if the items in the system's keychain cannot be read; `locked` if the app was locked
   *   meanwhile; those of `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  usePassphrase(passphrase: Secret, vault: UnlockedVault | null): Promise<void> {
    return vault === null ? this.#beginWithPassphrase(passphrase) : this.#moveIntoFile(passphrase, vault)
  }

  #beginWithPassphrase(passphrase: Secret): Promise<void> {
    const locks = this.#locks
    return this.queue.runExclusive(async () => {
      if (this.#profile.keychain !== 'os') return
      this.#requireNoVault()
      await this.#intoFile(passphrase, async (made) => {
        if (locks !== this.#locks) throw new Refusal('locked')
        this.#requireNoVault()
        this.#useFile(made)
      })
    })
  }

  #moveIntoFile(passphrase: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      if (this.#profile.keychain !== 'os') return
      await requireAllValuesKnown(vault)
      requireOpen()
      await this.#intoFile(passphrase, (made) => {
        const commit = (): void => (requireOpen(), this.#useFile(made))
        return this.#left.move(current, this.#inUse, { to: made, into: 'passphrase' }, () => itemsOf(vault), commit)
      })
    })
  }

  async #intoFile(passphrase: Secret, use: (made: PassphraseKeychain) => Promise<void>): Promise<void> {
    PassphraseKeychain.setAside(passphraseFileOf(this.#profile).path) // left by an interrupted move: the system's keychain still has every item
    const made = await PassphraseKeychain.make({ ...passphraseFileOf(this.#profile), passphrase })
    await wipeOnFailure(made, () => use(made))
  }

  #useFile(made: PassphraseKeychain): void {
    this.#profile.keychain = 'passphrase'
    this.#unlocked = made
  }

  /**
   * Seals every item in the system's keychain under a passphrase, which is needed beside that keychain from then on.
   * @throws Refusal `passphrase-weak`; `keychain-…` if the keychain does not take every item; `locked` if the app was locked meanwhile;
   *   those of `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  guard(passphrase: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      if (this.#profile.keychain !== 'os') return
      await requireAllValuesKnown(vault)
      requireOpen()
      const made = await OsWithPassphrase.make({ ...osWithPassphraseOf(this.#profile), passphrase })
      await wipeOnFailure(made, async () => {
        made.save() // before anything is sealed under a key that only this file opens
        const commit = (): void => {
          requireOpen()
          this.#profile.keychain = 'guarded'
          this.#unlocked = made
        }
        await this.#left.move(current, this.#inUse, { to: made, into: made }, () => itemsOf(vault), commit)
      })
    })
  }

  /**
   * Replaces the passphrase, and seals every item again under a new key.
   * @throws Refusal `passphrase-wrong` or `passphrase-wait` for the current passphrase, `passphrase-weak` for the next; those of a move
   */
  changePassphrase(now: Secret, next: Secret, vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      requireStrong(next)
      const held = this.#unlocked
      if (held === null) throw new Refusal('input-invalid')
      await this.#passphrase.prove(now)
      requireOpen()
      if (held instanceof PassphraseKeychain) return held.change(next)
      await requireAllValuesKnown(vault)
      const renewed = await held.renewed(next)
      const commit = (): void => {
        requireOpen()
        renewed.save()
        this.#unlocked = renewed
      }
      await wipeOnFailure(renewed, () =>
        this.#left.move(current, this.#inUse, { to: renewed, into: renewed }, () => itemsOf(vault), commit),
      )
      held.wipe()
    })
  }

  /**
   * Moves every item back into the system's keychain, without a passphrase.
   * @throws Refusal `keychain-…` if the system's keychain does not take every item; `locked` if the app was locked meanwhile; those of
   *   `requireAllValuesKnown`. The keychain in use is then unchanged
   */
  useOs(vault: UnlockedVault): Promise<void> {
    return this.#change(vault, async (current, requireOpen) => {
      const from = this.#unlocked
      if (this.#profile.keychain === 'os' || from === null) return
      await requireAllValuesKnown(vault)
      requireOpen()
      const names = [...itemsOf(vault), ...(from instanceof PassphraseKeychain ? await from.names() : [])]
      const commit = (): void => {
        requireOpen()
        this.#profile.keychain = 'os'
      }
      await this.#left.move(current, this.#inUse, { to: osKeychainOf(this.#profile), into: 'os' }, () => names, commit)
      this.#unlocked = null
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
    const [current, locks] = [this.#current, this.#locks]
    const requireOpen = (): void => {
      if (locks !== this.#locks || !vault.isOpen()) throw new Refusal('locked')
    }
    return this.queue.runExclusive(async () => {
      requireOpen()
      if (current === null) throw new Refusal('locked')
      await change(current, requireOpen)
    })
  }

  /** Whether the OS keychain still has unsealed copies, because it refused to delete them after a move. */
  get leftBehind(): boolean {
    return this.#left.wasRefused && this.#profile.keychain !== 'os'
  }

  /** Deletes what interrupted moves, or a locked keychain, left in the OS keychain. @throws Refusal `disk-full` or `profile-unusable` */
  removeLeftBehind(vault: UnlockedVault): Promise<void> {
    return this.queue.runExclusive(async () => {
      if (vault.isOpen() && vault.readOnly === null) await this.#left.remove(osKeychainOf(this.#profile), this.#inUse, () => itemsOf(vault))
    })
  }

  /** The longest value that the keychain in use takes, in bytes. An import refuses longer ones. */
  get maxValueBytes(): number {
    const { keychain } = this.#profile
    if (keychain === 'passphrase' || process.platform !== 'win32') return 16_384
    return keychain === 'guarded' ? 1892 : 2560 // Windows' limit for one credential; sealing takes a third of it
  }

  get #inUse(): InUse {
    return this.#unlocked instanceof OsWithPassphrase ? this.#unlocked : this.#profile.keychain
  }

  /** @throws Refusal `keychain-unavailable` if there is a vault: its items in the system's keychain would be left behind */
  #requireNoVault(): void {
    if (this.#profile.rootCheck !== null || this.#cacheExists()) throw new Refusal('keychain-unavailable')
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

  #requireUnlocked(): Keychain {
    if (this.#unlocked === null) throw new Refusal('passphrase-needed')
    return this.#unlocked
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
