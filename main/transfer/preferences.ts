import { type Chosen, preferencesFrom } from '../settings/preferences.ts'
import { type Theme, themes } from '../settings/profile.ts'

/** What a person chose in the settings, as it goes into a backup and comes out of one. */
export function movingPreferences(chosen: Chosen, theme: { get(): Theme; set(theme: Theme): void }) {
  return {
    get: (): Readonly<Record<string, unknown>> => ({ ...chosen.get(), theme: theme.get() }),
    /** What is unknown here, or out of its bounds, stays as it is: a backup may be another version's. @throws Refusal `profile-…` */
    restore(kept: Readonly<Record<string, unknown>>): void {
      chosen.set(preferencesFrom(kept, chosen.get()))
      const known = themes.find((one) => one === kept['theme'])
      if (known !== undefined) theme.set(known)
    },
  }
}
