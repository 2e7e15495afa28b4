import { Menu } from 'electron'
import { type MenuParts, menuTemplate } from './menu-template.ts'
import { onLanguageChange } from '../i18n/texts.ts'

/** Installs the menu. The windows hide it until Alt is pressed, but its shortcuts always work. */
export function installMenu(parts: MenuParts): void {
  const install = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(parts, process.platform)))
  install()
  onLanguageChange(install)
}
