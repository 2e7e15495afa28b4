import { app } from 'electron'
import type { Chosen, Preferences } from './preferences.ts'
import { languageOf } from '../i18n/language.ts'
import { speak } from '../i18n/texts.ts'

/** Speaks what is chosen, from now on and whenever it changes. To be called when the app is ready: before, the system's languages are not known. */
export function followLanguage(chosen: Chosen): void {
  const follow = ({ language }: Preferences): void => speak(languageOf(language, app.getPreferredSystemLanguages()))
  follow(chosen.inUse())
  chosen.onChange(follow)
}
