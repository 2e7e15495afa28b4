import { app, type BrowserWindow } from 'electron'
import type { Bounds, View } from '../lock/restart-args.ts'

export interface MainWindowParts {
  readonly make: (bounds: Bounds | null) => BrowserWindow
  /** Makes it appear when it has something to show; null for in front of everything. */
  readonly present: (window: BrowserWindow, view: View | null) => void
  /** Its first screen can be seen. */
  readonly shown: () => void
  /** It has come to the front. */
  readonly focused: () => void
  /** Whether closing it leaves it hidden, in the tray. */
  readonly staysHidden: () => boolean
  readonly quit: () => void
}

/** The app's main window: in front, minimised, hidden in the tray, or not there. */
export class MainWindowController {
  readonly #parts: MainWindowParts
  #window: BrowserWindow | null = null
  #bounds: Bounds | null = null
  /** How it is to appear, as long as it has nothing to show yet. */
  #coming: { view: View | null } | null = null

  constructor(parts: MainWindowParts) {
    this.#parts = parts
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  /**
   * As it was before a lock.
   * @returns false if it was not to be seen: it is made when somebody asks for it
   */
  resume(view: View): boolean {
    this.#bounds = view.bounds
    if (view.shown === 'none' || view.shown === 'hidden') return false
    this.#make(view)
    return true
  }

  /** Before everybody's eyes, wherever it was. */
  show(): void {
    if (this.#window === null) this.#make(null)
    else if (this.#coming === null) raise(this.#window)
    else this.#coming = { view: null }
  }

  /** For a start that is to show nothing, where there is no tray to be found in. */
  minimize(): void {
    if (this.#window === null) this.#make({ bounds: this.#bounds, shown: 'minimized', focused: false })
  }

  #make(view: View | null): void {
    const window = this.#parts.make(this.#bounds)
    this.#window = window
    this.#coming = { view }
    window.once('ready-to-show', () => {
      this.#parts.present(window, this.#coming?.view ?? null)
      this.#coming = null
      this.#parts.shown()
    })
    window.on('focus', this.#parts.focused)
    window.on('close', (event) => {
      if (!this.#parts.staysHidden()) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      this.#window = null
      this.#coming = null
      // Not when all windows are closed: the palette is kept hidden, to be there at once.
      if (process.platform !== 'darwin') this.#parts.quit()
    })
  }
}

function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  app.focus({ steal: true }) // macOS leaves an app behind whose window comes up
}
