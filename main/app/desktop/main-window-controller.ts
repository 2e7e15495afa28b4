import { app, type BrowserWindow } from 'electron'
import type { Bounds, View } from '../../lock/restart-args.ts'
import type { CurrentWindow } from './current-window.ts'

export interface MainWindowParts {
  readonly make: (bounds: Bounds | null) => BrowserWindow
  /** Shows the window when it has something to show. @param view null to show it in front of everything */
  readonly present: (window: BrowserWindow, view: View | null) => void
  /** Called when its first screen can be seen. */
  readonly shown: () => void
  /** Called when it gets the focus. */
  readonly focused: () => void
  /** Whether closing it only hides it, because the tray icon can open it again. */
  readonly staysHidden: () => boolean
  readonly quit: () => void
}

/** Opens, shows and hides the main window. */
export class MainWindowController {
  readonly #parts: MainWindowParts
  readonly #current: CurrentWindow
  #bounds: Bounds | null = null
  /** How to show the window once it is ready; null when it has been shown. */
  #pendingView: { view: View | null } | null = null

  constructor(current: CurrentWindow, parts: MainWindowParts) {
    this.#current = current
    this.#parts = parts
  }

  /**
   * Opens the window as it was before a lock.
   * @returns false if it was not visible then: it is opened when somebody asks for it
   */
  resume(view: View): boolean {
    this.#bounds = view.bounds
    if (view.shown === 'none' || view.shown === 'hidden') return false
    this.#make(view)
    return true
  }

  /** Brings the window to the front, or opens a new one. */
  show(): void {
    if (this.#current.window === null) this.#make(null)
    else if (this.#pendingView === null) raise(this.#current.window)
    else this.#pendingView = { view: null }
  }

  /** Opens it minimized: for a start without a window on a desktop without a tray. */
  minimize(): void {
    if (this.#current.window === null) this.#make({ bounds: this.#bounds, shown: 'minimized', focused: false })
  }

  #make(view: View | null): void {
    const window = this.#parts.make(this.#bounds)
    this.#current.window = window
    this.#pendingView = { view }
    window.once('ready-to-show', () => {
      this.#parts.present(window, this.#pendingView?.view ?? null)
      this.#pendingView = null
      this.#parts.shown()
    })
    window.on('focus', this.#parts.focused)
    window.on('close', (event) => {
      if (!this.#parts.staysHidden()) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      this.#current.window = null
      this.#pendingView = null
      // Electron's `window-all-closed` does not come: the palette's window is kept hidden, so that it appears at once.
      if (process.platform !== 'darwin') this.#parts.quit()
    })
  }
}

function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  app.focus({ steal: true }) // macOS does not activate an app because one of its windows appears
}
