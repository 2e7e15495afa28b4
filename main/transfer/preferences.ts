import { type PreferencesStore, mergeRestoredPreferences } from '../settings/preferences.ts'
import { type Theme, themes } from '../../shared/lists/settings.ts'

/** Preferences and theme as a backup stores and restores them. */
export function preferencesForBackup(preferences: PreferencesStore, theme: { get(): Theme; set(theme: Theme): void }) {
  return {
    get: (): Readonly<Record<string, unknown>> => ({ ...preferences.get(), theme: theme.get() }),
    /** Ignores preferences that are unknown or out of bounds, because a backup may be another version's. @throws Refusal `profile-…` */
    restore(kept: Readonly<Record<string, unknown>>): void {
      preferences.set(mergeRestoredPreferences(kept, preferences.get()))
      const known = themes.find((theme) => theme === kept['theme'])
      if (known !== undefined) theme.set(known)
    },
  }
}
