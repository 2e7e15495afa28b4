import { Menu } from 'electron'
import { type MenuParts, template } from './menu-template.ts'
import { onLanguage } from '../i18n/texts.ts'

/** Hidden until Alt is pressed, but its keys work: editing and zoom are everybody's, Lock and Quit are ours. */
export function installMenu(parts: MenuParts): void {
  const install = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template(parts, process.platform)))
  install()
  onLanguage(install)
}
