import { de } from './de.ts'
import { en } from './en.ts'

export type Texts = typeof en

/** By the code under which browsers choose a language for the manifest's texts. */
export const languages = { en, de } as const satisfies Record<string, Texts>

/** The manifest's texts in the browsers' format, for the file `_locales/LANGUAGE/messages.json`. */
export function manifestMessages({ manifest }: Texts): Record<string, { message: string }> {
  return Object.fromEntries(Object.entries(manifest).map(([name, message]) => [name, { message }]))
}
