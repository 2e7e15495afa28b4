import type { BrowserWindow } from 'electron'

/**
 * The main window, if there is one now. Made first, so that parts which need the window can be made before the part that opens it.
 * `MainWindowController` alone writes it.
 */
export class CurrentWindow {
  window: BrowserWindow | null = null
}
