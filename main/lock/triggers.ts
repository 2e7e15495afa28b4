import { app, powerMonitor } from 'electron'
import { IdleLock } from './idle.ts'
import type { LinuxSession } from './linux-session.ts'

export interface TriggerParts {
  readonly isOpen: () => boolean
  /** Idle minutes before the lock; null for never. */
  readonly minutes: () => number | null
  readonly lock: () => void
  /** Calls `look` every few seconds from now on. */
  readonly everyFewSeconds: (look: () => void) => void
  /** Chromium reports the idle time on X11, macOS and Windows, but not on Wayland. */
  readonly wayland: boolean
  readonly report: (error: unknown) => void
}

/** Locks automatically: after idle time, when the screen is locked, when the computer sleeps, and when another user gets the screen. */
export class Triggers {
  readonly #parts: TriggerParts
  #linux: LinuxSession | null = null

  /** Begins to watch. To be constructed before there is a window. */
  constructor(parts: TriggerParts) {
    this.#parts = parts
    const { isOpen, minutes, lock, everyFewSeconds, report } = parts
    const idle = new IdleLock({
      isOpen,
      minutes,
      lock,
      systemIdle: () => this.#systemIdle(),
      clock: () => Date.now(),
      elapsed: () => performance.now(),
    })
    const look = (): void => void idle.tick().catch(report)
    everyFewSeconds(look)
    app.on('web-contents-created', (_event, contents) => {
      contents.on('input-event', () => idle.active()) // also pointer events
      contents.on('before-input-event', () => idle.active())
    })
    powerMonitor.on('resume', look)
    powerMonitor.on('suspend', lock)
    if (process.platform !== 'linux') powerMonitor.on('lock-screen', lock)
    if (process.platform === 'darwin') powerMonitor.on('user-did-resign-active', lock)
  }

  /** Loads the watcher of the Linux session. To be called once the window is up. */
  async prepare(): Promise<void> {
    if (process.platform !== 'linux') return
    const { LinuxSession } = await import('./linux-session.ts')
    this.#linux = await LinuxSession.watch(this.#parts.lock)
  }

  async #systemIdle(): Promise<number | null> {
    if (!this.#parts.wayland) return powerMonitor.getSystemIdleTime() * 1_000
    return this.#linux?.idle() ?? null
  }
}
