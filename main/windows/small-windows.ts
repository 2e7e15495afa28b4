import type { Theme } from '../../shared/lists/settings.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { onLanguageChange } from '../i18n/texts.ts'
import type { Bundle } from './locked-window.ts'
import { PaletteWindow } from './palette-window.ts'
import { PromptWindow } from './prompt-window.ts'

/** The two windows that appear over other programs' windows, the prompt and the palette. They never cover each other. */
export class SmallWindows {
  readonly palette: PaletteWindow
  readonly #prompts: Prompts

  constructor({ bundle, prompts, theme }: { bundle: Bundle; prompts: Prompts; theme: () => Theme }) {
    this.#prompts = prompts
    const prompt: PromptWindow = new PromptWindow({ bundle, prompts, theme, raised: () => this.palette.hide() })
    this.palette = new PaletteWindow(bundle, () => prompt.raise())
    // A page is rendered in the language of its load, so a change of language reloads it.
    onLanguageChange(() => {
      this.palette.renew()
      prompt.reload()
    })
  }

  /** Refuses all prompts, and forgets what was shown. */
  lock(): void {
    this.#prompts.refuseAll('locked')
    this.palette.renew()
  }

  /** Refuses all prompts, and closes both windows. */
  end(): void {
    this.#prompts.refuseAll('locked')
    this.palette.end()
  }
}
