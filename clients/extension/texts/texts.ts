import { webExtension } from '../web-extension.ts'
import { languages, type Texts } from './languages.ts'

/** The language of the browser's menus, in which the browser shows the manifest's texts too. */
export const language = /^de\b/i.test(webExtension.i18n.getUILanguage()) ? 'de' : 'en'

export const texts: Texts = languages[language]

const troubles = new Map(Object.entries(texts.troubles))

/** @param code an ExtensionTrouble or a refusal code of the app */
export function troubleText(code: string): { readonly title: string; readonly text: string } {
  return troubles.get(code) ?? texts.unknownTrouble(code)
}
