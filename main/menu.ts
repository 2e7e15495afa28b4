import { Menu, type MenuItemConstructorOptions } from 'electron'
import { onLanguage, texts } from './words/texts.ts'

interface MenuParts {
  readonly lock: () => void
  readonly devTools: boolean
}

/** Hidden until Alt is pressed, but its keys work: editing and zoom are everybody's, Lock and Quit are ours. */
export function installMenu(parts: MenuParts): void {
  const install = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template(parts)))
  install()
  onLanguage(install)
}

/** Every item with a label of ours: those that Electron gives its roles are English. */
function template({ lock, devTools }: MenuParts): MenuItemConstructorOptions[] {
  const mac = process.platform === 'darwin'
  const t = texts().menu
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: t.file,
      submenu: [
        { label: t.lock, accelerator: 'CmdOrCtrl+L', click: lock },
        mac ? { role: 'close', label: t.close } : { role: 'quit', label: t.quit },
      ],
    },
    {
      label: t.edit,
      submenu: [
        { role: 'undo', label: t.undo },
        { role: 'redo', label: t.redo },
        { type: 'separator' },
        { role: 'cut', label: t.cut },
        { role: 'copy', label: t.copy },
        { role: 'paste', label: t.paste },
        { role: 'selectAll', label: t.selectAll },
      ],
    },
    {
      label: t.view,
      submenu: [
        { role: 'resetZoom', label: t.actualSize },
        { role: 'zoomIn', label: t.zoomIn },
        { role: 'zoomOut', label: t.zoomOut },
        { role: 'togglefullscreen', label: t.fullScreen },
        ...(devTools ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    {
      label: t.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: t.minimize },
        { role: 'close', label: t.close },
      ],
    },
  ]
}
