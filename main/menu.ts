import { Menu } from 'electron'

/** Hidden until Alt is pressed, but its keys work: editing and zoom are everybody's, Lock and Quit are ours. */
export function installMenu({ lock, devTools }: { lock: () => void; devTools: boolean }): void {
  const mac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' as const }] : []),
      {
        label: '&File',
        submenu: [
          { label: 'Lock', accelerator: 'CmdOrCtrl+L', click: lock },
          { role: mac ? 'close' : 'quit' },
        ],
      },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          ...(devTools ? [{ role: 'toggleDevTools' as const }] : []),
        ],
      },
      { role: 'windowMenu' },
    ]),
  )
}
