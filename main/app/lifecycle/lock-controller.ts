import { app } from 'electron'
import { everyStep } from '../../../shared/every-step.ts'
import { Lock } from '../../lock/lock.ts'
import type { View } from '../../lock/restart-args.ts'
import { restart } from '../../lock/restart.ts'
import { type TriggerParts, Triggers } from '../../lock/triggers.ts'
import type { Vault } from '../../vault/session/vault.ts'
import { restartPage, viewOf } from '../../windows/main-window.ts'
import type { CurrentWindow } from '../desktop/current-window.ts'
import type { KeychainManager } from '../keychain/keychain-manager.ts'

export interface LockControllerParts extends Omit<TriggerParts, 'lock' | 'isOpen'> {
  readonly vault: Vault
  readonly keychains: KeychainManager
  readonly current: CurrentWindow
}

/** Locks the app: what triggers a lock, what is closed, and the restart that follows. */
export class LockController {
  readonly lock: Lock
  readonly #parts: LockControllerParts
  readonly #steps: (() => unknown)[] = []
  #triggers: Triggers | null = null

  constructor(parts: LockControllerParts) {
    const { current, report } = (this.#parts = parts)
    this.lock = new Lock({
      close: () => everyStep([() => this.closeKeys(), ...this.#steps], report),
      isOpen: () => this.#isOpen(),
      hide: () => restartPage(current.window),
      renew: () => {
        restart(viewNow(current, report), report).catch((error: unknown) => {
          report(error)
          app.exit(1)
        })
      },
      report,
    })
  }

  /** What a lock closes beside the keys, in this order. A step that fails holds up no other. */
  onLock(...steps: readonly (() => unknown)[]): void {
    this.#steps.push(...steps)
  }

  /** Wipes the keys. Always the first step of a lock or shutdown: no failure of another step may leave a key in memory. */
  closeKeys(): Promise<void> {
    const { vault, keychains, report } = this.#parts
    const close = async (): Promise<void> => vault.lock() // also during an opening: the keyring prompt's answer must not undo the lock
    const closed = close()
    return everyStep([() => closed, () => keychains.lock(closed)], report)
  }

  /** Begins to watch for what locks. To be called before there is a window. */
  watch(): void {
    this.#triggers = new Triggers({ ...this.#parts, isOpen: () => this.#isOpen(), lock: () => this.lock.now() })
  }

  /** Loads the triggers that take a moment to load. To be called once the window is up. */
  prepare(): void {
    this.#triggers?.prepare().catch(this.#parts.report)
  }

  #isOpen(): boolean {
    return this.#parts.vault.closed === null
  }
}

/** The window's view for the next process. A window that cannot say it must not stop the lock. */
function viewNow({ window }: CurrentWindow, report: (error: unknown) => void): View {
  try {
    return viewOf(window)
  } catch (error) {
    report(error)
    return { bounds: null, shown: 'normal', focused: false }
  }
}
