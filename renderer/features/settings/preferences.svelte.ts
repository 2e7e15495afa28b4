import type { RefusalCode, Settings, SettingsState } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'

/** The settings as main has stored them. A new choice is sent at once and shown after main has stored it. */
export class Preferences {
  loaded = $state.raw<SettingsState | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  busy = $state(false)

  async load(): Promise<void> {
    await this.#take(() => ask('settings.get', null))
  }

  /** @returns whether it was stored */
  async choose(chosen: Partial<Settings>): Promise<boolean> {
    const { loaded } = this
    if (loaded === null || this.busy) return false
    return this.#take(() => ask('settings.set', { ...loaded.settings, ...chosen }))
  }

  /** Runs the change of a setting that is stored elsewhere. @returns whether it was stored */
  async attempt(step: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    const { loaded } = this
    return this.#take(async () => (await step(), loaded))
  }

  async #take(step: () => Promise<SettingsState | null>): Promise<boolean> {
    this.busy = true
    this.refusal = null
    try {
      this.loaded = await step()
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
