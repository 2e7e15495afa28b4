import { SerialQueue } from '../../shared/serial-queue.ts'
import { desktopOf } from '../keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../keychain/diagnostics/diagnose.ts'
import { OsWithPassphrase, type OsWithPassphraseLocation } from '../keychain/os-with-passphrase.ts'
import { type InUse, PendingRemovals } from '../keychain/pending-removals.ts'
import { OsKeychain } from '../keychain/os-keychain.ts'
import { PassphraseAttempts } from '../keychain/passphrase/attempts.ts'
import { requireStrong } from '../keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../keychain/passphrase/passphrase-keychain.ts'
import type { Profile } from '../settings/profile.ts'
import { type Diagnosis, examine, examineClosed, examineItems, withPendingRemovals } from '../vault/keychain/examine-keychain.ts'
import { itemsOf, MovableKeychain, requireAllValuesKnown } from '../vault/keychain/migrate-items.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import type { Keychain } from '../vault/ports/keychain.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Secret } from '../vault/secret.ts'
import type { Vault } from '../vault/session/vault.ts'

/**
 * Which keychain the vault's items are in: the system's, the system's under a passphrase, or a file under a passphrase, as a person
 * chose. The profile says which; it is never two of them, and nothing falls back from one to another.
 */
export class KeychainManager {
  readonly #profile: Profile
  readonly #cacheExists: () => boolean
  readonly #left: PendingRemovals
  /** One change or derivation at a time: a second move would begin where the first has ended, and a derivation takes up to 256 MiB. */
  readonly queue = new SerialQueue()
  #unlocked: PassphraseKeychain | OsWithPassphrase | null = null
  #attempts: PassphraseAttempts | null = null
  #wrongBefore = 0
  #current: MovableKeychain | null = null
  #locks = 0

  constructor(profile: Profile, cacheExists: () => boolean) {
    this.#profile = profile
    this.#cacheExists = cacheExists
    this.#left = new PendingRemovals(profile.path('left-in-keychain.json'))
  }

  /** What an opening works on. @throws Refusal `passphrase-needed` */
  open(): MovableKeychain {
    return (this.#current = new MovableKeychain(this.#profile.keychain === 'os' ? this.#os() : this.#requireUnlocked()))
  }

  /** @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-corrupt` or `profile-unusable`; `locked` if that was asked for meanwhile */
  unlock(passphrase: Secret): Promise<void> {
    return this.queue.runExclusive(async () => {
      if (this.#profile.keychain === 'os') return
      if (this.#unlocked !== null) return this.#prove(passphrase)
      const locks = this.#locks
      const unlocked = await this.#try(passphrase)
      if (locks !== this.#locks) {
        unlocked.wipe()
        throw new Refusal('locked')
      }
      this.#unlocked = unlocked
    })
  }

  /** An opening on what was unlocked, which is forgotten if it opened nothing: no lock comes for a closed vault, however long nobody is there. */
  async opens(vault: Pick<Vault, 'closed'>, open: () => Promise<void>): Promise<void> {
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
   * Whether this is the passphrase of the keychain in use, for what an open vault asks for it again. Wrong ones count as they do at the
   * unlocking.
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`, `profile-…`; `input-invalid` if the keychain has none
   */
  prove(passphrase: Secret): Promise<void> {
    return this.queue.runExclusive(() => this.#prove(passphrase))
  }

  /** When a passphrase may be tried next, in milliseconds since 1970; null if at once. */
  get nextTryAt(): number | null {
    return this.#profile.keychain === 'os' ? null : this.#tries().nextAt
  }

  /** Wrong passphrases before the right one, told once. */
  takeWrongBefore(): number {
    const wrong = this.#wrongBefore
    this.#wrongBefore = 0
    return wrong
  }

  /** From now on the passphrase is asked for again. @param closed when nothing needs the items any more: the key is wiped then */
  lock(closed: Promise<void>): void {
    const held = this.#unlocked
    this.#locks += 1
    this.#unlocked = null
    this.#current = null
    const wipe = (): void => held?.wipe()
    closed.then(wipe, wipe) // a vault that failed to close must not keep the key
  }

  /**
   * Moves everything into a new file under a passphrase. Without a vault there is nothing to move.
   * @param opened the vault; null if the system's keychain does not let it open
   * @throws Refusal `passphrase-weak`; `keychain-…` if what is in the system's keychain cannot be had; `locked` if that was asked for
   *   meanwhile; those of `requireAllValuesKnown`. Nothing is switched then
   */
  usePassphrase(passphrase: Secret, opened: UnlockedVault | null): Promise<void> {
    return opened === null ? this.#beginWithPassphrase(passphrase) : this.#moveIntoFile(passphrase, opened)
  }

  #beginWithPassphrase(passphrase: Secret): Promise<void> {
    const locks = this.#locks
    return this.queue.runExclusive(async () => {
      if (this.#profile.keychain !== 'os') return
      this.#requireNothingKept()
      await this.#intoFile(passphrase, async (made) => {
        if (locks !== this.#locks) throw new Refusal('locked')
        this.#requireNothingKept()
        this.#useFile(made)
      })
    })
  }

  #moveIntoFile(passphrase: Secret, opened: UnlockedVault): Promise<void> {
    return this.#change(opened, async (current, requireOpen) => {
      if (this.#profile.keychain !== 'os') return
      await requireAllValuesKnown(opened)
      requireOpen()
      await this.#intoFile(passphrase, (made) => {
        const commit = (): void => (requireOpen(), this.#useFile(made))
        return this.#left.move(current, this.#inUse, made, () => itemsOf(opened), commit)
      })
    })
  }

  async #intoFile(passphrase: Secret, use: (made: PassphraseKeychain) => Promise<void>): Promise<void> {
    PassphraseKeychain.setAside(this.#place().path) // left by a move that never came to its end: the system's keychain has it all
    const made = await PassphraseKeychain.make({ ...this.#place(), passphrase })
    await wipedIfRefused(made, () => use(made))
  }

  #useFile(made: PassphraseKeychain): void {
    this.#profile.keychain = 'passphrase'
    this.#unlocked = made
  }

  /**
   * Seals everything in the system's keychain under a passphrase, which from then on is asked for beside it.
   * @throws Refusal `passphrase-weak`; `keychain-…` if the keychain does not take it all; `locked` if that was asked for meanwhile; those
   *   of `requireAllValuesKnown`. Nothing is switched then
   */
  guard(passphrase: Secret, opened: UnlockedVault): Promise<void> {
    return this.#change(opened, async (current, requireOpen) => {
      if (this.#profile.keychain !== 'os') return
      await requireAllValuesKnown(opened)
      requireOpen()
      const made = await OsWithPassphrase.make({ ...this.#guardedPlace(), passphrase })
      await wipedIfRefused(made, async () => {
        made.save() // before anything is sealed under what only this file opens
        const commit = (): void => {
          requireOpen()
          this.#profile.keychain = 'guarded'
          this.#unlocked = made
        }
        await this.#left.move(current, this.#inUse, made, () => itemsOf(opened), commit)
      })
    })
  }

  /**
   * Another passphrase for the one that is. Everything is sealed anew under a new key.
   * @throws Refusal `passphrase-wrong` or `passphrase-wait` for the one that is, `passphrase-weak` for the other; those of a move
   */
  changePassphrase(now: Secret, next: Secret, opened: UnlockedVault): Promise<void> {
    return this.#change(opened, async (current, requireOpen) => {
      requireStrong(next)
      const held = this.#unlocked
      if (held === null) throw new Refusal('input-invalid')
      await this.#prove(now)
      requireOpen()
      if (held instanceof PassphraseKeychain) return held.change(next)
      await requireAllValuesKnown(opened)
      const renewed = await held.renewed(next)
      const commit = (): void => {
        requireOpen()
        renewed.save()
        this.#unlocked = renewed
      }
      await wipedIfRefused(renewed, () => this.#left.move(current, this.#inUse, renewed, () => itemsOf(opened), commit))
      held.wipe()
    })
  }

  /**
   * The way back.
   * @throws Refusal `keychain-…` if the system's keychain does not take everything; `locked` if that was asked for meanwhile; those of
   *   `requireAllValuesKnown`. Nothing is switched then
   */
  useOs(opened: UnlockedVault): Promise<void> {
    return this.#change(opened, async (current, requireOpen) => {
      const from = this.#unlocked
      if (this.#profile.keychain === 'os' || from === null) return
      await requireAllValuesKnown(opened)
      requireOpen()
      const names = [...itemsOf(opened), ...(from instanceof PassphraseKeychain ? await from.names() : [])]
      const commit = (): void => {
        requireOpen()
        this.#profile.keychain = 'os'
      }
      await this.#left.move(current, this.#inUse, this.#os(), () => names, commit)
      this.#unlocked = null
      // A file that cannot be deleted now opens nothing, or copies under its passphrase. The move is done.
      await from.discard().catch(() => from.wipe())
    })
  }

  /**
   * A change of the keychain that an open vault works on. Once that vault was locked, the change is refused as `locked`: the keychain in
   * use may then be none or another vault's, and nothing would be moved out of the right one.
   * @param change given `requireOpen`, to be called after each wait and at the commit
   */
  #change(opened: UnlockedVault, change: (current: MovableKeychain, requireOpen: () => void) => Promise<void>): Promise<void> {
    const [current, locks] = [this.#current, this.#locks]
    const requireOpen = (): void => {
      if (locks !== this.#locks || !opened.isOpen()) throw new Refusal('locked')
    }
    return this.queue.runExclusive(async () => {
      requireOpen()
      if (current === null) throw new Refusal('locked')
      await change(current, requireOpen)
    })
  }

  /** Whether copies that are not sealed are in the OS keychain, which did not let go of them. */
  get leftBehind(): boolean {
    return this.#left.wasRefused && this.#profile.keychain !== 'os'
  }

  /** Takes out of the OS keychain what moves left in it: the process ended, or the keychain was shut. @throws Refusal `disk-full` or `profile-unusable` */
  removeLeft(opened: UnlockedVault): Promise<void> {
    return this.queue.runExclusive(async () => {
      if (opened.isOpen() && opened.readOnly === null) await this.#left.remove(this.#os(), this.#inUse, () => itemsOf(opened))
    })
  }

  /** Bytes of a value that the keychain in use takes; more than this is none that another program gives as one. */
  get longestValue(): number {
    const { keychain } = this.#profile
    if (keychain === 'passphrase' || process.platform !== 'win32') return 16_384
    return keychain === 'guarded' ? 1892 : 2560 // as much as Windows keeps in one credential; sealed, a third less
  }

  get #inUse(): InUse {
    return this.#unlocked instanceof OsWithPassphrase ? this.#unlocked : this.#profile.keychain
  }

  async #prove(passphrase: Secret): Promise<void> {
    if (this.#profile.keychain === 'os') throw new Refusal('input-invalid')
    ;(await this.#try(passphrase)).wipe()
  }

  #try(passphrase: Secret): Promise<PassphraseKeychain | OsWithPassphrase> {
    const before = this.#tries().wrong
    return this.#tries().make(async () => {
      const unlocked =
        this.#profile.keychain === 'guarded'
          ? await OsWithPassphrase.unlock({ ...this.#guardedPlace(), passphrase })
          : await PassphraseKeychain.unlock({ ...this.#place(), passphrase })
      this.#wrongBefore = before
      return unlocked
    })
  }

  #tries(): PassphraseAttempts {
    const path = this.#profile.path('passphrase-attempts.json')
    return (this.#attempts ??= new PassphraseAttempts({ path, clock: Date.now, elapsed: () => performance.now() }))
  }

  /** @throws Refusal `keychain-unavailable`: what the system's keychain has of this vault would be left behind */
  #requireNothingKept(): void {
    if (this.#profile.rootCheck !== null || this.#cacheExists()) throw new Refusal('keychain-unavailable')
  }

  /** What is wrong with the keychain in use, and with what the vault has in it; a closed vault knows no keys to look for. */
  examine(opened: UnlockedVault | null): Promise<Diagnosis> {
    const { platform, env } = process
    const kind = this.#profile.keychain
    return examine(
      kind,
      // The file needs nothing of the system that could be wrong.
      async () =>
        kind !== 'passphrase' ? examineKeychain({ platform, env }) : { provider: null, desktop: desktopOf(platform, env), findings: [] },
      async () => {
        if (opened !== null) return withPendingRemovals(await examineItems(opened), this.leftBehind)
        if (kind !== 'os') return withPendingRemovals({ findings: [], keys: [] }, this.leftBehind)
        return examineClosed(this.#os(), this.#profile.rootCheck, this.#cacheExists())
      },
    )
  }

  #os(): OsKeychain {
    return new OsKeychain({ profile: this.#profile.id })
  }

  #requireUnlocked(): Keychain {
    if (this.#unlocked === null) throw new Refusal('passphrase-needed')
    return this.#unlocked
  }

  #place(): { path: string; profileId: string } {
    return { path: this.#profile.path('passphrase-vault'), profileId: this.#profile.id }
  }

  #guardedPlace(): OsWithPassphraseLocation {
    return { path: this.#profile.path('passphrase-guard'), profileId: this.#profile.id, inner: this.#os() }
  }
}

async function wipedIfRefused(made: PassphraseKeychain | OsWithPassphrase, use: () => Promise<void>): Promise<void> {
  try {
    await use()
  } catch (error) {
    made.wipe()
    throw error
  }
}
