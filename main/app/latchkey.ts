import { calls } from '../../preload/contract.ts'
import type { LaunchRequest } from '../desktop/launch-request.ts'
import { reportError } from '../error-reporter.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { handlers } from '../ipc/handlers.ts'
import { serve } from '../ipc/serve.ts'
import type { View } from '../lock/restart-args.ts'
import { withFallback } from '../settings/fallback.ts'
import type { Profile } from '../settings/profile.ts'
import type { EmbeddedBackend } from '../storage/embedded-backend.ts'
import type { Updates } from '../updates/updates.ts'
import { pageAddress } from '../windows/locked-window.ts'
import { closeWithin } from './lifecycle/close-within.ts'
import type { AppOutlets } from './create-outlets.ts'
import type { CurrentWindow } from './desktop/current-window.ts'
import type { DesktopShell } from './desktop/desktop-shell.ts'
import type { FirstShown } from './desktop/first-shown.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { LockController } from './lifecycle/lock-controller.ts'
import type { SyncScheduler } from './sync-scheduler.ts'
import type { VaultLifecycle } from './lifecycle/vault-lifecycle.ts'

export interface LatchkeyParts {
  readonly profile: Profile
  readonly services: AppServices
  readonly current: CurrentWindow
  readonly firstShown: FirstShown
  readonly heartbeat: Heartbeat
  readonly embedded: EmbeddedBackend
  readonly locking: LockController
  readonly lifecycle: VaultLifecycle
  readonly scheduler: SyncScheduler
  readonly outlets: AppOutlets
  readonly desktopShell: DesktopShell
  readonly updates: Updates
}

/** The app as the entry file sees it: the order of a start and of a shutdown. */
export class Latchkey {
  readonly #parts: LatchkeyParts

  constructor(parts: LatchkeyParts) {
    this.#parts = parts
  }

  /**
   * Answers the window from now on, shows it, and begins to open the vault.
   * @param locked how the window was in the process before, which was locked: the vault then stays closed until somebody asks for it. Null
   *   for a first start
   */
  start(request: LaunchRequest, locked: View | null): void {
    const { profile, services, current, firstShown, locking, lifecycle, outlets, desktopShell } = this.#parts
    // Not awaited: the window asks for the outcome.
    if (locked === null) lifecycle.open().catch(reportError)
    else if (asksForPassphrase(profile)) lifecycle.askForPassphrase()
    serve(calls, handlers(services), () => ({ contents: current.window?.webContents ?? null, page: pageAddress('index') }))
    outlets.start()
    locking.watch()
    desktopShell.start(request, locked)
    void firstShown.reached.then(() => this.#startBackgroundWork())
  }

  #startBackgroundWork(): void {
    const { heartbeat, locking, outlets, scheduler, updates } = this.#parts
    outlets.prepare()
    locking.prepare()
    updates.follow()
    heartbeat.add(() => scheduler.tick())
  }

  /** Does what another start of the app, or a link, asks for. */
  handleLaunch(request: LaunchRequest): void {
    this.#parts.desktopShell.handleLaunch(request)
  }

  /** Brings the window to the front. */
  show(): void {
    this.#parts.desktopShell.show()
  }

  lock(): void {
    this.#parts.locking.lock.now()
  }

  /** Ends pending prompts, clears the clipboard of our value, and closes what was opened. It never rejects. */
  async stop(): Promise<void> {
    const { locking, outlets, embedded, updates } = this.#parts
    locking.lock.stop()
    await closeWithin(60_000, [() => locking.closeKeys(), () => outlets.close()])
    await closeWithin(10_000, [() => embedded.close()]) // not earlier: a creation in flight may have needed it until now
    await closeWithin(15_000, [() => updates.installOnExit()])
  }
}

/** Whether opening the vault asks a person for a passphrase. If the settings cannot be read, the opening itself says so. */
function asksForPassphrase(profile: Profile): boolean {
  return withFallback(() => profile.keychain !== 'os', true)
}
