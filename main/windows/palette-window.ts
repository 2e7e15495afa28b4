import type { BrowserWindow } from 'electron'
import { paletteCalls, paletteEvents, type PaletteState } from '../../preload/palette-contract.ts'
import type { HandlersOf } from '../ipc/answer.ts'
import { announcer, serve } from '../ipc/serve.ts'
import { type Bundle, pageAddress } from './locked-window.ts'
import { placeNearCursor, smallWindow } from './small-window.ts'

const size = { width: 600, height: 420 }

type Calls = HandlersOf<typeof paletteCalls>

/** Answers the palette's calls. */
export interface PaletteAnswers {
  state(): ReturnType<Calls['palette.state']>
  /** Hides the palette and types into the window that had the focus. */
  type(...chosen: Parameters<Calls['palette.type']>): Promise<void>
  copy(...chosen: Parameters<Calls['palette.copy']>): ReturnType<Calls['palette.copy']>
  /** Hides the palette. Idempotent. */
  close(): void
}

/** The palette's window. It can be created hidden before it is needed, so that the shortcut shows it at once. */
export class PaletteWindow {
  readonly #bundle: Bundle
  readonly #announce = announcer(paletteEvents, () => this.#window?.webContents ?? null)
  #answers: PaletteAnswers | null = null
  #window: BrowserWindow | null = null
  #loaded: Promise<unknown> = Promise.resolve()

  readonly #isBlocked: () => boolean

  /** @param isBlocked true if it must not be shown now: a prompt is open, and nothing may cover it */
  constructor(bundle: Bundle, isBlocked: () => boolean) {
    this.#bundle = bundle
    this.#isBlocked = isBlocked
  }

  /** Answers its page from now on. To be called once. */
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

  /** Creates the hidden window unless it exists. */
  prepare(): BrowserWindow {
    if (this.#window !== null) return this.#window
    const window = smallWindow('palette', this.#bundle, { ...size, title: 'Latchkey: find a key', skipTaskbar: true })
    let focused = false
    window.on('hide', () => (focused = false))
    window.on('focus', () => (focused = true))
    // Some window managers take the focus away once while a window appears, so a blur counts only after a focus.
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
    if (window.isDestroyed() || this.#isBlocked()) return
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

  /** Ends its process, and with it everything its page has read. */
  end(): void {
    this.#window?.destroy()
    this.#window = null
  }

  /** Ends its process and starts a new one. */
  renew(): void {
    if (this.#window === null) return
    this.end()
    this.prepare()
  }
}
