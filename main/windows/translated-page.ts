import { directions } from '../i18n/language.ts'
import type { Language } from '../../shared/lists/settings.ts'
import { currentLanguage } from '../i18n/texts.ts'

/**
 * Sets the page's `lang` and `dir`, and keeps only the link that preloads the catalogue of this language. The build adds a link for each
 * language (`preload-catalogues.ts`), so that the catalogue loads beside the page's script and not after it.
 */
export function translatedPage(html: string, language: Language = currentLanguage()): string {
  return html
    .replace('<html lang="en">', `<html lang="${language}" dir="${directions[language]}">`)
    .replace(/\s*<link\b[^>]*\bhreflang="(\w+)"[^>]*>/g, (link, of: string) => (of === language ? link : ''))
}
