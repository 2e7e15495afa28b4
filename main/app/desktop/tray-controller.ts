import { app } from 'electron'
import { withDeadline } from '../../../shared/deadline.ts'
import type { TrayAvailability } from '../../desktop/tray-availability.ts'
import { Tray } from '../../desktop/tray.ts'
import { assetPaths } from '../../install/asset-paths.ts'
import type { PreferencesStore } from '../../settings/preferences.ts'

/** How long a start without a window waits for a tray, in milliseconds: at login the panel may start after us. */
const trayTimeoutMs = 20_000

export interface TrayControllerParts {
  readonly preferences: PreferencesStore
  readonly lock: () => void
  readonly showPalette: () => void
  readonly report: (error: unknown) => void
}

/** Shows the tray icon while the desktop has a tray and the preferences want an icon in it. */
export class TrayController {
  readonly #parts: TrayControllerParts
  readonly #tray: Tray
  readonly #openListeners: (() => void)[] = []
  readonly #shownListeners: (() => void)[] = []
  #availability: TrayAvailability = { present: false }
  #watching: Promise<void> | null = null

  constructor(parts: TrayControllerParts) {
    this.#parts = parts
    this.#tray = new Tray(assetPaths.tray, {
      open: () => this.#openListeners.forEach((listener) => listener()),
      quick: parts.showPalette,
      lock: parts.lock,
      quit: () => app.quit(),
    })
  }

  /** Whether the icon is shown, so that a hidden window can be found again. */
  get isShown(): boolean {
    return this.#tray.isShown
  }

  /** Whether the desktop has a tray; false until `watch` has found out. */
  get isAvailable(): boolean {
    return this.#availability.present
  }

  /** @param listener called when a person opens the window from the tray */
  onOpen(listener: () => void): void {
    this.#openListeners.push(listener)
  }

  /**
   * Finds out whether there is a tray, and follows it from then on. Idempotent. Called late, because asking takes a connection to the bus.
   */
  watch(): Promise<void> {
    this.#watching ??= this.#watch().catch(this.#parts.report) // there is then no tray
    return this.#watching
  }

  async #watch(): Promise<void> {
    const { watchTrayAvailability } = await import('../../desktop/tray-availability.ts')
    this.#availability = await watchTrayAvailability(process.platform, () => this.update())
    this.update()
  }

  /** Shows or removes the icon, after the tray or the preferences changed. */
  update(): void {
    this.#tray.show(this.isAvailable && this.#parts.preferences.inUse().keepInTray)
    if (this.isShown) for (const listener of this.#shownListeners.splice(0)) listener()
  }

  /** @returns whether the icon is shown, after at most `trayTimeoutMs` */
  async waitUntilShown(): Promise<boolean> {
    if (!this.#parts.preferences.inUse().keepInTray) return this.isShown
    const shown = new Promise<void>((resolve) => this.#shownListeners.push(resolve))
    void this.watch() // not awaited: with a bus that never answers the app would have neither icon nor window
    if (!this.isShown) await withDeadline(shown, trayTimeoutMs, () => {})
    return this.isShown
  }

  setLocked(locked: boolean): void {
    this.#tray.setLocked(locked)
  }
}
