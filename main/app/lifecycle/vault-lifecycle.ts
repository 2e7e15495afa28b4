import type { Lock } from '../../lock/lock.ts'
import type { Vault } from '../../vault/session/vault.ts'
import type { FirstShown } from '../desktop/first-shown.ts'
import type { KeychainManager } from '../keychain/keychain-manager.ts'
import { resumePendingWork } from './resume-pending-work.ts'

export interface VaultLifecycleParts {
  readonly vault: Vault
  readonly keychains: KeychainManager
  readonly lock: Lock
  readonly firstShown: FirstShown
  readonly report: (error: unknown) => void
}

/** Opens the vault, one opening after the other, and resumes the work that an earlier process left in it. */
export class VaultLifecycle {
  readonly #parts: VaultLifecycleParts
  readonly #openingEnded: (() => void)[] = []
  readonly #workResumed: (() => void)[] = []
  #opening: Promise<void> = Promise.resolve()

  constructor(parts: VaultLifecycleParts) {
    this.#parts = parts
  }

  /** Resolves when no opening is under way, and rejects if the last one failed. It opens nothing. */
  settled(): Promise<void> {
    return this.#opening
  }

  /** Opens the vault, then resumes pending work. @throws Refusal with the reason why the vault stays closed */
  open(): Promise<void> {
    return this.#run(() => this.#parts.vault.open())
  }

  /** Starts anew where the vault is open read-only, then resumes pending work. @throws as `open` */
  repair(): Promise<void> {
    return this.#run(() => this.#parts.vault.repair())
  }

  /** For a vault under a passphrase that was locked before the restart: this opening ends with the reason that the window asks it for. */
  askForPassphrase(): void {
    this.#opening = this.#parts.vault.open()
  }

  /** To be called too where a vault that is open already has got new work, as by a restore. */
  async resumePendingWork(): Promise<void> {
    await resumePendingWork(this.#parts.vault, this.#parts.keychains)
    for (const listener of this.#workResumed) listener()
  }

  /** @param listener called after each opening, whether it succeeded or not */
  onOpeningEnded(listener: () => void): void {
    this.#openingEnded.push(listener)
  }

  onWorkResumed(listener: () => void): void {
    this.#workResumed.push(listener)
  }

  #run(open: () => Promise<void>): Promise<void> {
    const { vault, keychains, lock, firstShown, report } = this.#parts
    const next = (): Promise<void> => keychains.runOpening(vault, open)
    const done = lock.trackOpening(this.#opening.then(next, next))
    this.#opening = done
    const ended = (): void => {
      for (const listener of this.#openingEnded) listener()
    }
    done.then(ended, ended)
    // The key list comes first: pending work loads the SDK's app and the backend, and would delay it.
    Promise.all([done, firstShown.reached])
      .then(() => this.resumePendingWork())
      .catch(report)
    return done
  }
}
