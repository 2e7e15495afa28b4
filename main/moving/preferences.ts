import { type Chosen, preferencesFrom } from '../preferences.ts'
import { type Profile, themes } from '../profile.ts'

/** What a person chose in the settings, as it goes into a backup and comes out of one. */
export function movingPreferences(profile: Profile, chosen: Chosen) {
  return {
    get: (): Readonly<Record<string, unknown>> => ({ ...chosen.get(), theme: profile.theme }),
    /** What is unknown here, or out of its bounds, stays as it is: a backup may be another version's. */
    restore(kept: Readonly<Record<string, unknown>>): void {
      chosen.set(preferencesFrom(kept, chosen.get()))
      const theme = themes.find((one) => one === kept['theme'])
      if (theme !== undefined) profile.theme = theme
    },
  }
}
