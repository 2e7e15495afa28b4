import { type Language, type LanguageChoice, languages } from '../../shared/lists/settings.ts'

/**
 * Selects the language: the chosen one, or the first of the system's that Latchkey has, or English.
 * @param chosen in the settings
 * @param preferred the system's languages, as `de-AT`, best first
 */
export function languageOf(chosen: LanguageChoice, preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  const roots = preferred.map((tag) => tag.toLowerCase().split(/[-_]/)[0])
  return roots.flatMap((root) => languages.filter((language) => language === root))[0] ?? 'en'
}

/** The direction of each language's script. Both are left to right; the pages support right to left too. */
export const directions: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', de: 'ltr' }
