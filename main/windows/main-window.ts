import type { BrowserWindow } from 'electron'
import { type Look, lockedWindow } from './locked-window.ts'

/** The vault's own window. It shows itself when its first frame is ready. */
export function openMainWindow(look: Look): BrowserWindow {
  const window = lockedWindow('index', look, { width: 1080, height: 720, minWidth: 800, minHeight: 600, title: 'Latchkey' })
  window.once('ready-to-show', () => window.show())
  return window
}
