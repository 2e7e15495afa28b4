import type { BrowserWindow } from 'electron'
import { paletteCalls, paletteEvents, type PaletteState } from '../../preload/palette-contract.ts'
import type { HandlersOf } from '../ipc/answer.ts'
import { announcer, serve } from '../ipc/serve.ts'
import { type Bundle, pageAddress } from './locked-window.ts'
import { placeNearCursor, smallWindow } from './small-window.ts'

const size = { width: 600, height: 420 }

type Calls = HandlersOf<typeof paletteCalls>

/** What answers the palette. */
export interface PaletteAnswers {
  state(): ReturnType<Calls['palette.state']>
  /** Hides the palette and types into the window that had the focus. */
  type(...chosen: Parameters<Calls['palette.type']>): Promise<void>
  copy(...chosen: Parameters<Calls['palette.copy']>): ReturnType<Calls['palette.copy']>
  /** Hides the palette. Called as often as one likes. */
  close(): void
}

/** The palette's window. It is made before it is needed and then hidden, so that a shortcut shows it at once. */
export class PaletteWindow {
  readonly #bundle: Bundle
  readonly #announce = announcer(paletteEvents, () => this.#window?.webContents ?? null)
  #answers: PaletteAnswers | null = null
  #window: BrowserWindow | null = null
  #loaded: Promise<unknown> = Promise.resolve()

  readonly #givesWay: () => boolean

  /** @param givesWay true if it may not come up now: a prompt waits, and nothing lies over that */
  constructor(bundle: Bundle, givesWay: () => boolean) {
    this.#bundle = bundle
    this.#givesWay = givesWay
  }

  /** Answers its page from now on. Once. */
  serve(answers: PaletteAnswers): void {
    this.#answers = answers
    serve(
      paletteCalls,
      {
        'palette.state': () => answers.state(),
        'palette.type': async (chosen) => {
          try {
            await answers.type(chosen)
          } catch (error) {
            this.#window?.show() // its page says what went wrong
            throw error
          }
          return null
        },
        'palette.copy': (chosen) => answers.copy(chosen),
        'palette.close': () => (answers.close(), null),
      },
      () => ({ contents: this.#window?.webContents ?? null, page: pageAddress('palette') }),
    )
  }

  /** Makes it, hidden, if it is not there. */
  prepare(): BrowserWindow {
    if (this.#window !== null) return this.#window
    const window = smallWindow('palette', this.#bundle, { ...size, title: 'Latchkey: find a key', skipTaskbar: true })
    let focused = false
    window.on('hide', () => (focused = false))
    window.on('focus', () => (focused = true))
    // Some window managers take the focus away once while a window comes up.
    window.on('blur', () => focused && window.isVisible() && this.#answers?.close())
    window.on('close', (event) => {
      event.preventDefault()
      this.#answers?.close()
    })
    window.webContents.on('render-process-gone', () => this.end())
    this.#loaded = new Promise((resolve) => window.webContents.once('did-finish-load', () => resolve(null)))
    this.#window = window
    return window
  }

  async show(state: PaletteState): Promise<void> {
    const window = this.prepare()
    await this.#loaded
    if (window.isDestroyed() || this.#givesWay()) return
    this.#announce('palette.shown', state)
    placeNearCursor(window, size)
    window.show()
  }

  hide(): void {
    this.#window?.hide()
  }

  get isShown(): boolean {
    return this.#window?.isVisible() === true
  }

  /** Ends its process, and with it what its page has read. */
  end(): void {
    this.#window?.destroy()
    this.#window = null
  }

  /** Ends its process; a new one takes its place. */
  renew(): void {
    if (this.#window === null) return
    this.end()
    this.prepare()
  }
}
