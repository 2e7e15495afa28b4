import { directions, type Language } from '../i18n/language.ts'
import { spokenLanguage } from '../i18n/texts.ts'

/**
 * A page in the language that is spoken now: it is marked so, and of the catalogues that the build offers it (`preload-words.ts`), the
 * one it needs is loaded beside its script, not after it.
 */
export function spokenPage(html: string, language: Language = spokenLanguage()): string {
  return html
    .replace('<html lang="en">', `<html lang="${language}" dir="${directions[language]}">`)
    .replace(/\s*<link\b[^>]*\bhreflang="(\w+)"[^>]*>/g, (link, of: string) => (of === language ? link : ''))
}
