import type { Theme } from '../../preload/contract.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { onLanguage } from '../i18n/texts.ts'
import type { Bundle } from './locked-window.ts'
import { PaletteWindow } from './palette-window.ts'
import { PromptWindow } from './prompt-window.ts'

/** The two windows that come up over other programs' windows, and never the one over the other. */
export class SmallWindows {
  readonly palette: PaletteWindow
  readonly #prompts: Prompts

  constructor({ bundle, prompts, theme }: { bundle: Bundle; prompts: Prompts; theme: () => Theme }) {
    this.#prompts = prompts
    const prompt: PromptWindow = new PromptWindow({ bundle, prompts, theme, raised: () => this.palette.hide() })
    this.palette = new PaletteWindow(bundle, () => prompt.raise())
    // Their pages are made in the language that is spoken then.
    onLanguage(() => {
      this.palette.renew()
      prompt.reload()
    })
  }

  /** Refuses what was asked, and forgets what was shown. */
  lock(): void {
    this.#prompts.endAll('locked')
    this.palette.renew()
  }

  /** Refuses what was asked, and closes both. */
  end(): void {
    this.#prompts.endAll('locked')
    this.palette.end()
  }
}
