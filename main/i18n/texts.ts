/**
 * The texts of the main process: menus, the tray, dialogs. To add one, add it to `en.ts`; `de.ts` does not compile until it has it too.
 * Call `texts()` each time a text is shown, because the language may change.
 */
import type { MainCatalogue } from './catalogue.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Language } from '../../shared/lists/settings.ts'

const catalogues: Record<Language, MainCatalogue> = { en, de }
let language: Language = 'en'
const listeners: (() => void)[] = []

export function texts(): MainCatalogue {
  return catalogues[language]
}

export function currentLanguage(): Language {
  return language
}

/** Sets the language of this process, and tells the listeners. */
export function setLanguage(next: Language): void {
  if (next === language) return
  language = next
  for (const listener of listeners) listener()
}

/** For texts that stay visible, as in a menu: they are made anew when the language has changed. */
export function onLanguageChange(listener: () => void): void {
  listeners.push(listener)
}
