/** The languages that Latchkey speaks; each has a catalogue here and one in `renderer/i18n/`. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/**
 * The language to speak.
 * @param chosen in the settings
 * @param preferred the system's languages, as `de-AT`, best first; English where Latchkey speaks none of them
 */
export function languageOf(chosen: Language | 'system', preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  const roots = preferred.map((tag) => tag.toLowerCase().split(/[-_]/)[0])
  return roots.flatMap((root) => languages.filter((language) => language === root))[0] ?? 'en'
}

/** Which way a language is written. Both go from left to right; the pages do not rely on it. */
export const directions: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', de: 'ltr' }
