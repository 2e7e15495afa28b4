import { app, type BrowserWindow } from 'electron'
import { Lock, type LockParts } from '../lock/lock.ts'
import type { View } from '../lock/restart-args.ts'
import { restart } from '../lock/restart.ts'
import { type TriggerParts, Triggers } from '../lock/triggers.ts'
import { withFallback } from '../settings/fallback.ts'
import type { Profile } from '../settings/profile.ts'
import { renewPage, viewOf } from '../windows/main-window.ts'

export interface LockingParts extends Pick<LockParts, 'close'>, Omit<TriggerParts, 'lock'> {
  readonly window: () => BrowserWindow | null
}

/** How the app locks, put together: what asks for it, and what it comes to. */
export class LockController {
  readonly lock: Lock
  readonly #parts: LockingParts
  #triggers: Triggers | null = null

  constructor(parts: LockingParts) {
    const { close, isOpen, window, report } = (this.#parts = parts)
    this.lock = new Lock({
      close,
      isOpen,
      hide: () => renewPage(window()),
      renew: () => {
        restart(viewNow(window, report), report).catch((error: unknown) => {
          report(error)
          app.exit(1)
        })
      },
      report,
    })
  }

  /** Before there is a window. */
  watch(): void {
    this.#triggers = new Triggers({ ...this.#parts, lock: () => this.lock.now() })
  }

  /** What takes a moment, once the window is up. */
  prepare(): void {
    this.#triggers?.prepare().catch(this.#parts.report)
  }
}

/** A window that cannot say how it is must not keep the lock from its end. */
function viewNow(window: LockingParts['window'], report: LockingParts['report']): View {
  try {
    return viewOf(window())
  } catch (error) {
    report(error)
    return { bounds: null, shown: 'normal', focused: false }
  }
}

/** Whether an opening asks a person for something. Settings that cannot be read are told by the opening. */
export function asksForPassphrase(profile: Profile): boolean {
  return withFallback(() => profile.keychain !== 'os', true)
}
