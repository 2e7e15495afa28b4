/**
 * Every text of the windows, in the language that is spoken.
 *
 * How to add one: put it into its area under `i18n/en/` (a new area also into `en.ts` and `de.ts`), put its German into the file of
 * the same name under `i18n/de/`, which does not compile without it, and read it in the component:
 *
 *     const t = $derived(texts().keys)          {t.create}   label={t.name}   {t.created(name)}
 *
 * A text with a number or a name in it is a function; plurals, numbers and dates come from `forms.ts`. A name inside a sentence is drawn by
 * `ui/text/IsolatedText.svelte`, which isolates it, so that a name written from right to left does not turn the sentence. Never keep what `texts()`
 * gave in a `const` at the top of a module: the language may change at any time. Tests find texts that stand in a component.
 */
import type { Language } from '../../shared/lists/settings.ts'
import type { Catalogue } from './catalogue.ts'

/** One chunk for each language: a window loads only the one that it needs. Main preloads it together with the script. */
const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
}

let spoken = $state.raw<{ readonly language: Language; readonly catalogue: Catalogue } | null>(null)
let requested: Language | null = null

/** @throws Error before the first `setLanguage` is done, which each window's entry waits for */
export function texts(): Catalogue {
  if (spoken === null) throw new Error('No language is spoken yet')
  return spoken.catalogue
}

export function language(): Language {
  return spoken?.language ?? 'en'
}

/** Resolves when the texts are loaded. If two calls overlap, the later one wins, whichever loads first. */
export async function setLanguage(next: Language): Promise<void> {
  requested = next
  if (spoken?.language === next) return
  const catalogue = await catalogues[next]()
  if (requested === next) spoken = { language: next, catalogue }
}

/** The language that main wrote into the page. English if main did not serve the page. */
export function languageOfPage(): Language {
  return document.documentElement.lang === 'de' ? 'de' : 'en'
}
