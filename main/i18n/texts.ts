/**
 * What main says itself: menus, the tray, dialogs. A text is added to `en.ts`, then `de.ts` does not compile until it has it too.
 * It is read by `texts()` at the moment it is shown, since the language may change meanwhile.
 */
import type { MainCatalogue } from './catalogue.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Language } from './language.ts'

const catalogues: Record<Language, MainCatalogue> = { en, de }
let language: Language = 'en'
const listeners: (() => void)[] = []

export function texts(): MainCatalogue {
  return catalogues[language]
}

export function spokenLanguage(): Language {
  return language
}

/** From now on, in this process. */
export function speak(next: Language): void {
  if (next === language) return
  language = next
  for (const heard of listeners) heard()
}

/** Who shows words that stay, as a menu does, makes them anew when they are of another language. */
export function onLanguage(heard: () => void): void {
  listeners.push(heard)
}
