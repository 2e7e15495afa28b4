import type { BrowserWindow } from 'electron'
import type { Theme } from '../../preload/contract.ts'
import { type PromptAnswer, promptCalls, promptEvents } from '../../preload/prompt-contract.ts'
import { announcer, serve } from '../ipc/serve.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { Refusal } from '../vault/refusal.ts'
import { type Bundle, pageAddress } from './locked-window.ts'
import { placeNearCursor, smallWindow } from './small-window.ts'

const width = 480
/** How long a prompt that has just come up takes no answer, in milliseconds: what was typed or clicked then was meant for something else. */
const deaf = 500

export interface PromptWindowParts {
  readonly bundle: Bundle
  readonly prompts: Prompts
  readonly theme: () => Theme
  /** It is about to come up: nothing of ours may lie over it. */
  readonly raised: () => void
}

/** Shows the current prompt, in a window that is there only as long as something is asked. */
export class PromptWindow {
  readonly #parts: PromptWindowParts
  readonly #announce = announcer(promptEvents, () => this.#window?.webContents ?? null)
  #window: BrowserWindow | null = null
  /** The prompt that the person can see, and since when. */
  #seen: { id: string; since: number } | null = null

  constructor(parts: PromptWindowParts) {
    this.#parts = parts
    const { prompts, theme } = parts
    serve(
      promptCalls,
      {
        'prompt.current': () => ({ theme: theme(), prompt: prompts.current() }),
        'prompt.drawn': ({ id, height }) => (this.#show(id, height), null),
        'prompt.answer': (answer) => (this.#answer(answer), null),
      },
      () => ({ contents: this.#window?.webContents ?? null, page: pageAddress('prompt') }),
    )
    prompts.watch(() => this.#follow())
  }

  /** Brings a prompt that waits to the front. @returns false if nothing is asked */
  raise(): boolean {
    if (this.#seen !== null) this.#window?.show()
    return this.#parts.prompts.current() !== null
  }

  /** What is asked is asked again, by a new page. */
  reload(): void {
    this.#window?.webContents.reload()
  }

  #follow(): void {
    const prompt = this.#parts.prompts.current()
    if (this.#seen?.id !== prompt?.id) this.#seen = null
    if (prompt === null) {
      this.#window?.destroy()
      this.#window = null
    } else if (this.#window === null) {
      this.#window = this.#open() // its page asks what there is
    } else {
      this.#announce('prompt.changed', prompt)
    }
  }

  #open(): BrowserWindow {
    const window = smallWindow('prompt', this.#parts.bundle, { width, height: 320, title: 'Latchkey asks' })
    window.on('close', (event) => {
      event.preventDefault()
      const current = this.#parts.prompts.current()
      if (current !== null && this.#hears(current.id)) this.#parts.prompts.answer({ id: current.id, answer: 'deny' })
    })
    // What cannot be shown cannot be answered.
    window.webContents.on('render-process-gone', () => this.#parts.prompts.endAll('internal'))
    return window
  }

  #show(id: string, height: number): void {
    if (this.#window === null || this.#parts.prompts.current()?.id !== id || this.#seen?.id === id) return
    this.#parts.raised()
    placeNearCursor(this.#window, { width, height })
    this.#window.show()
    this.#window.moveTop()
    this.#seen = { id, since: performance.now() }
    this.#parts.prompts.noteShown(id)
  }

  /** The page lets no answer through that comes too early; this is for a page that does. */
  #answer(answer: PromptAnswer): void {
    if (this.#parts.prompts.current()?.id !== answer.id) return
    if (!this.#hears(answer.id)) throw new Refusal('input-invalid')
    this.#parts.prompts.answer(answer)
  }

  #hears(id: string): boolean {
    return this.#seen?.id === id && performance.now() - this.#seen.since >= deaf
  }
}
