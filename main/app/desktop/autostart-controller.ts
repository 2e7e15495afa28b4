import { app } from 'electron'
import { type Launch, startCommand } from '../../install/launch-record.ts'
import { Autostart } from '../../settings/autostart.ts'
import type { Preferences, PreferencesStore } from '../../settings/preferences.ts'
import type { Profile } from '../../settings/profile.ts'
import { Refusal, type RefusalCode } from '../../vault/refusal.ts'

/** Keeps the system's login entry in step with the preferences and with where the app is. */
export class AutostartController {
  readonly #preferences: PreferencesStore
  readonly #autostart: Autostart
  #launch: Launch
  #unavailable: RefusalCode | null = null

  constructor(profile: Profile, preferences: PreferencesStore, launch: Launch) {
    this.#preferences = preferences
    this.#launch = launch
    const own = process.env['LATCHKEY_PROFILE_DIR'] ? { folder: profile.folder, id: () => profile.id } : null
    this.#autostart = new Autostart({
      ...{ platform: process.platform, home: app.getPath('home'), env: process.env, own },
      ...{ command: () => startCommand(this.#launch), loginItems: app },
    })
  }

  /** Why the app is not started at login although the preferences want it; null if it is. */
  get unavailable(): RefusalCode | null {
    return this.#unavailable
  }

  /** @param before null where the preferences could not be read until now */
  follow(now: Preferences, before: Preferences | null): void {
    if (before === null) setImmediate(() => this.renew())
    else if (now.startAtLogin !== before.startAtLogin || now.startHidden !== before.startHidden) this.#turn(now)
  }

  /**
   * Has the login entry start the app from where it is now. If a person removed the entry in the desktop's settings, it stays removed, and
   * the preference is turned off.
   */
  renew(): void {
    const now = this.#preferences.inUse()
    if (!now.startAtLogin) return
    if (this.#autostart.isOn) this.#turn(now)
    else this.#preferences.set({ ...now, startAtLogin: false })
  }

  /** The app is started by another command from now on, because an update has moved it. */
  setLaunch(launch: Launch): void {
    this.#launch = launch
    this.renew()
  }

  #turn({ startAtLogin, startHidden }: Preferences): void {
    try {
      this.#autostart.set(startAtLogin, startHidden)
      this.#unavailable = null
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#unavailable = error.code
    }
  }
}
