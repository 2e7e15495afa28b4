import { app, BrowserWindow } from 'electron'

/**
 * Keeps all our windows, present and future, out of screenshots, recordings and shared screens. It works on macOS and Windows; Linux has
 * no such feature, and Electron does nothing there.
 */
export class ContentProtection {
  #on: boolean

  /** To be constructed before the first window. */
  constructor(on: boolean) {
    this.#on = on
    app.on('browser-window-created', (_event, window) => window.setContentProtection(this.#on))
  }

  set(on: boolean): void {
    this.#on = on
    for (const window of BrowserWindow.getAllWindows()) window.setContentProtection(on)
  }
}
