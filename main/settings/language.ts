import { app } from 'electron'
import type { PreferencesStore, Preferences } from './preferences.ts'
import { languageOf } from '../i18n/language.ts'
import { setLanguage } from '../i18n/texts.ts'

/**
 * Applies the chosen language, now and whenever it changes. To be called when the app is ready: before, the system's languages are not
 * known.
 */
export function followLanguage(preferences: PreferencesStore): void {
  const follow = ({ language }: Preferences): void => setLanguage(languageOf(language, app.getPreferredSystemLanguages()))
  follow(preferences.inUse())
  preferences.onChange(follow)
}
