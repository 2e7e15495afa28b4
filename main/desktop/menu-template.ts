import type { MenuItemConstructorOptions } from 'electron'
import { texts } from '../i18n/texts.ts'

export interface MenuParts {
  readonly lock: () => void
  readonly devTools: boolean
}

/** Every item has a label of our own, because Electron's labels for its roles are English. */
export function menuTemplate({ lock, devTools }: MenuParts, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const t = texts().menu
  return [
    ...(mac ? [appMenu()] : []),
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

/** The first menu of every app on macOS, which the system names after the app. */
function appMenu(): MenuItemConstructorOptions {
  const t = texts().menu
  return {
    label: 'Latchkey',
    role: 'appMenu',
    submenu: [
      { role: 'about', label: t.about },
      { type: 'separator' },
      { role: 'services', label: t.services },
      { type: 'separator' },
      { role: 'hide', label: t.hide },
      { role: 'hideOthers', label: t.hideOthers },
      { role: 'unhide', label: t.showAll },
      { type: 'separator' },
      { role: 'quit', label: t.quitApp },
    ],
  }
}
