import { join } from 'node:path'
import { app } from 'electron'

/** Where the built parts of the app are. */
export const assetPaths = {
  pages: join(__dirname, '..', 'renderer'),
  preloads: join(__dirname, '..', 'preload'),
  /** Tray icons: `tray`, `tray-locked`, on macOS both with `Template`; each also in double resolution. */
  tray: join(__dirname, '..', '..', 'packaging', 'tray'),
  /** The `latchkey` command, which is the native messaging host too. */
  command: app.isPackaged ? join(process.resourcesPath, 'latchkey') : join(__dirname, '..', 'command', 'latchkey'),
  /** The extension, one folder for each kind of browser. */
  extension: app.isPackaged ? join(process.resourcesPath, 'extension') : join(__dirname, '..', 'extension'),
}
