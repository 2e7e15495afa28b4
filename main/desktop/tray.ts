import { join } from 'node:path'
import { Menu, nativeImage, Tray as Icon } from 'electron'
import { onLanguageChange, texts } from '../i18n/texts.ts'

export interface TrayActions {
  /** Shows the window, which also unlocks. */
  readonly open: () => void
  /** Shows the palette. */
  readonly quick: () => void
  readonly lock: () => void
  readonly quit: () => void
}

/**
 * The tray icon and its menu. The menu names no key: the desktop's panel keeps a copy of the menu, which our lock cannot clear.
 */
export class Tray {
  readonly #folder: string
  readonly #acts: TrayActions
  #icon: Icon | null = null
  #locked = true

  /** @param folder of the icons */
  constructor(folder: string, acts: TrayActions) {
    this.#folder = folder
    this.#acts = acts
    onLanguageChange(() => this.#draw())
  }

  get isShown(): boolean {
    return this.#icon !== null
  }

  show(shown: boolean): void {
    if (shown === this.isShown) return
    if (!shown) {
      this.#icon?.destroy()
      this.#icon = null
      return
    }
    this.#icon = new Icon(this.#image())
    this.#icon.on('click', this.#acts.open)
    this.#draw()
  }

  setLocked(locked: boolean): void {
    if (locked === this.#locked) return
    this.#locked = locked
    this.#icon?.setImage(this.#image())
    this.#draw()
  }

  #draw(): void {
    const { open, quick, lock, quit } = this.#acts
    const locked = this.#locked
    const t = texts().tray
    this.#icon?.setToolTip(locked ? t.isLocked : t.isOpen)
    this.#icon?.setContextMenu(
      Menu.buildFromTemplate([
        { label: locked ? t.unlock : t.open, click: open },
        { label: t.quick, click: quick, enabled: !locked },
        { label: t.lock, click: lock, enabled: !locked },
        { type: 'separator' },
        { label: t.quit, click: quit },
      ]),
    )
  }

  #image(): Electron.NativeImage {
    const name = `${this.#locked ? 'tray-locked' : 'tray'}${process.platform === 'darwin' ? 'Template' : ''}.png`
    return nativeImage.createFromPath(join(this.#folder, name))
  }
}
