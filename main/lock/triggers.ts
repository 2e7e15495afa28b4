import { app, powerMonitor } from 'electron'
import { IdleLock } from './idle.ts'
import type { LinuxSession } from './linux-session.ts'

export interface TriggerParts {
  readonly isOpen: () => boolean
  /** How long nobody need be there before it locks; null for ever. */
  readonly minutes: () => number | null
  readonly lock: () => void
  /** Chromium knows for how long nobody was there on X11, macOS and Windows, and not on Wayland. */
  readonly wayland: boolean
  readonly report: (error: unknown) => void
}

/** How often it is looked whether somebody is there, in milliseconds. */
const every = 5_000

/** Everything that locks without being asked for: nobody there, a screen that is locked, a computer that sleeps, another user's turn. */
export class Triggers {
  readonly #parts: TriggerParts
  #linux: LinuxSession | null = null

  /** Watches from now on, before there is a window. */
  constructor(parts: TriggerParts) {
    this.#parts = parts
    const { isOpen, minutes, lock, report } = parts
    const idle = new IdleLock({
      isOpen,
      minutes,
      lock,
      systemIdle: () => this.#systemIdle(),
      clock: () => Date.now(),
      elapsed: () => performance.now(),
    })
    const look = (): void => void idle.tick().catch(report)
    setInterval(look, every)
    app.on('web-contents-created', (_event, contents) => {
      contents.on('input-event', () => idle.active()) // also a pointer's
      contents.on('before-input-event', () => idle.active())
    })
    powerMonitor.on('resume', look)
    powerMonitor.on('suspend', lock)
    if (process.platform !== 'linux') powerMonitor.on('lock-screen', lock)
    if (process.platform === 'darwin') powerMonitor.on('user-did-resign-active', lock)
  }

  /** What takes a moment to load, once the window is up. */
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
