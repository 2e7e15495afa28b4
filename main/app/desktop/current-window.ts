import type { BrowserWindow } from 'electron'

/**
 * The main window, if there is one now. `MainWindowController` alone writes it.
 */
export class CurrentWindow {
  window: BrowserWindow | null = null
}
