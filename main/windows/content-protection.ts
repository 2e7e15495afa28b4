import { app, BrowserWindow } from 'electron'

/**
 * Keeps all our windows, those to come among them, out of screenshots, recordings and shared screens. macOS and Windows do it; Linux
 * has no such thing, and Electron does nothing there.
 */
export class ContentProtection {
  #on: boolean

  /** Before the first window is made. */
  constructor(on: boolean) {
    this.#on = on
    app.on('browser-window-created', (_event, window) => window.setContentProtection(this.#on))
  }

  set(on: boolean): void {
    this.#on = on
    for (const window of BrowserWindow.getAllWindows()) window.setContentProtection(on)
  }
}
