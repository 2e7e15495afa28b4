import { desktopOf } from './keychain/desktop.ts'
import { examineKeychain } from './keychain/doctor.ts'
import { OsKeychain } from './keychain/os-keychain.ts'
import { PassphraseKeychain } from './keychain/passphrase-keychain.ts'
import type { Profile } from './profile.ts'
import { type Diagnosis, examine, examineClosed, examineItems } from './vault/examine.ts'
import { itemsOf, MovableKeychain, requireKnown } from './vault/move.ts'
import type { Opened } from './vault/opened.ts'
import { Refusal } from './vault/refusal.ts'
import type { Secret } from './vault/secret.ts'
import { inTurn, type Turns } from './vault/turns.ts'

/**
 * Which keychain the vault's items are in: the system's, or a file under a passphrase because a person chose so. The profile says
 * which; it is never both, and nothing falls back from one to the other.
 */
export class Keychains {
  readonly #profile: Profile
  readonly #cacheExists: () => boolean
  /** One change or derivation at a time: a second move would begin where the first has ended, and a derivation takes up to 256 MiB. */
  readonly turns: Turns = new Map()
  #passphrase: PassphraseKeychain | null = null
  #current: MovableKeychain | null = null
  #locks = 0

  constructor(profile: Profile, cacheExists: () => boolean) {
    this.#profile = profile
    this.#cacheExists = cacheExists
  }

  /** What an opening works on. @throws Refusal `passphrase-needed` */
  open(): MovableKeychain {
    return (this.#current = new MovableKeychain(this.#profile.keychain === 'os' ? this.#os() : this.#unlocked()))
  }

  /** @throws Refusal `passphrase-wrong`, `profile-corrupt` or `profile-unusable`; `locked` if that was asked for meanwhile */
  unlock(passphrase: Secret): Promise<void> {
    return inTurn(this, 'keychains', async () => {
      if (this.#profile.keychain === 'os' || this.#passphrase !== null) return
      const locks = this.#locks
      const unlocked = await PassphraseKeychain.unlock({ ...this.#place(), passphrase })
      if (locks !== this.#locks) {
        unlocked.wipe()
        throw new Refusal('locked')
      }
      this.#passphrase = unlocked
    })
  }

  /** From now on the passphrase is asked for again. @param closed when nothing needs the items any more: the key is wiped then */
  lock(closed: Promise<void>): void {
    const held = this.#passphrase
    this.#locks += 1
    this.#passphrase = null
    this.#current = null
    void closed.then(() => held?.wipe())
  }

  /**
   * Moves everything into a new file under a passphrase. Without a vault there is nothing to move.
   * @param opened the vault; null if the system's keychain does not let it open
   * @throws Refusal `passphrase-weak`; `keychain-…` if what is in the system's keychain cannot be had; `locked` if that was asked for
   *   meanwhile; those of `requireKnown`. Nothing is switched then
   */
  usePassphrase(passphrase: Secret, opened: Opened | null): Promise<void> {
    return inTurn(this, 'keychains', async () => {
      if (this.#profile.keychain === 'passphrase') return
      if (opened === null) this.#requireNothingKept()
      else await requireKnown(opened)
      const [locks, current] = [this.#locks, this.#current]
      const { path } = this.#place()
      PassphraseKeychain.setAside(path) // left by a move that never came to its end: the system's keychain has it all
      const made = await PassphraseKeychain.make({ ...this.#place(), passphrase })
      const commit = (): void => {
        if (locks !== this.#locks) throw new Refusal('locked')
        if (opened === null) this.#requireNothingKept()
        this.#profile.keychain = 'passphrase'
        this.#passphrase = made
      }
      try {
        if (opened === null || current === null) commit()
        else await current.move(made, () => itemsOf(opened), commit)
      } catch (error) {
        made.wipe()
        throw error
      }
    })
  }

  /** The way back. @throws Refusal `keychain-…` if the system's keychain does not take everything, those of `requireKnown`; nothing is switched then */
  useOs(opened: Opened): Promise<void> {
    return inTurn(this, 'keychains', async () => {
      const [from, current] = [this.#passphrase, this.#current]
      if (this.#profile.keychain === 'os' || from === null || current === null) return
      await requireKnown(opened)
      const names = [...itemsOf(opened), ...(await from.names())]
      await current.move(this.#os(), () => names, () => (this.#profile.keychain = 'os'))
      this.#passphrase = null
      // A file that cannot be deleted now holds nothing, or copies under its passphrase. The move is done.
      await from.discard().catch(() => from.wipe())
    })
  }

  /** @throws Refusal `keychain-unavailable`: what the system's keychain has of this vault would be left behind */
  #requireNothingKept(): void {
    if (this.#profile.rootCheck !== null || this.#cacheExists()) throw new Refusal('keychain-unavailable')
  }

  /** What is wrong with the keychain in use, and with what the vault has in it; a closed vault knows no keys to look for. */
  examine(opened: Opened | null): Promise<Diagnosis> {
    const { platform, env } = process
    const kind = this.#profile.keychain
    return examine(
      kind,
      // The file needs nothing of the system that could be wrong.
      async () => (kind === 'os' ? examineKeychain({ platform, env }) : { provider: null, desktop: desktopOf(platform, env), findings: [] }),
      async () => {
        if (opened !== null) return examineItems(opened)
        if (kind === 'passphrase') return { findings: [], keys: [] }
        return examineClosed(this.#os(), this.#profile.rootCheck, this.#cacheExists())
      },
    )
  }

  #os(): OsKeychain {
    return new OsKeychain({ profile: this.#profile.id })
  }

  #unlocked(): PassphraseKeychain {
    if (this.#passphrase === null) throw new Refusal('passphrase-needed')
    return this.#passphrase
  }

  #place(): { path: string; profileId: string } {
    return { path: this.#profile.path('passphrase-vault'), profileId: this.#profile.id }
  }
}
