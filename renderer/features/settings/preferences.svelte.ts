import type { Settings, SettingsState } from '../../../preload/contract.ts'
import { Attempt } from '../../attempt.svelte.ts'
import { ask } from '../../bridge.ts'

/** The settings as main has stored them. A new choice is sent at once and shown after main has stored it. */
export class Preferences extends Attempt {
  loaded = $state.raw<SettingsState | null>(null)

  async load(): Promise<void> {
    await this.run(async () => void (this.loaded = await ask('settings.get', null)))
  }

  /** @returns whether it was stored */
  async choose(chosen: Partial<Settings>): Promise<boolean> {
    const { loaded } = this
    if (loaded === null || this.busy) return false
    return this.run(async () => void (this.loaded = await ask('settings.set', { ...loaded.settings, ...chosen })))
  }

  /** Runs the change of a setting that is stored elsewhere. @returns whether it was stored */
  async attempt(step: () => Promise<void>): Promise<boolean> {
    return !this.busy && this.run(step)
  }
}
