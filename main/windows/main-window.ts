import type { BrowserWindow } from 'electron'
import { type Bundle, lockedWindow } from './locked-window.ts'

/** The vault's own window. It shows itself when its first frame is ready. */
export function openMainWindow(bundle: Bundle): BrowserWindow {
  const window = lockedWindow('index', bundle, { width: 1080, height: 720, minWidth: 800, minHeight: 600, title: 'Latchkey' })
  window.once('ready-to-show', () => window.show())
  return window
}

/** A new process for the page: what the old one had shown is gone with its memory. */
export function renewPage(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return
  window.webContents.once('render-process-gone', () => window.webContents.reload())
  window.webContents.forcefullyCrashRenderer()
}
