import { app } from 'electron'
import type { Chosen, Preferences } from './preferences.ts'
import { Refusal } from './vault/refusal.ts'
import { languageOf } from './words/language.ts'
import { speak } from './words/texts.ts'

/** Speaks what is chosen, from now on and whenever it changes. To be called when the app is ready: before, the system's languages are not known. */
export function followLanguage(chosen: Chosen): void {
  const follow = ({ language }: Pick<Preferences, 'language'>): void => speak(languageOf(language, app.getPreferredSystemLanguages()))
  follow(readable(chosen))
  chosen.onChange(follow)
}

/** Settings that cannot be read close the vault with that reason; it has to be said in some language. */
function readable(chosen: Chosen): Pick<Preferences, 'language'> {
  try {
    return chosen.get()
  } catch (error) {
    if (error instanceof Refusal) return { language: 'system' }
    throw error
  }
}
