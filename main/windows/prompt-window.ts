import type { BrowserWindow } from 'electron'
import type { Theme } from '../../shared/lists/settings.ts'
import { type PromptAnswer, promptCalls, promptEvents } from '../../preload/prompt-contract.ts'
import { announcer, serve } from '../ipc/serve.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { Refusal } from '../vault/refusal.ts'
import { type Bundle, pageAddress } from './locked-window.ts'
import { placeNearCursor, smallWindow } from './small-window.ts'

const width = 480
/** How long a prompt takes no answer after it appeared, in milliseconds: a key or click in that time was meant for another window. */
const answerDelayMs = 500

export interface PromptWindowParts {
  readonly bundle: Bundle
  readonly prompts: Prompts
  readonly theme: () => Theme
  /** Called before the prompt is shown: no other window of ours may cover it. */
  readonly raised: () => void
}

/** Shows the current prompt, in a window that exists only while there is a prompt. */
export class PromptWindow {
  readonly #parts: PromptWindowParts
  readonly #announce = announcer(promptEvents, () => this.#window?.webContents ?? null)
  #window: BrowserWindow | null = null
  /** The prompt that the person can see, and since when, by `performance.now()`. */
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

  /** Brings the current prompt to the front. @returns false if no prompt is open */
  raise(): boolean {
    if (this.#seen !== null) this.#window?.show()
    return this.#parts.prompts.current() !== null
  }

  /** Shows the current prompt again, with a new page. */
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
      this.#window = this.#open() // its page calls `prompt.current`
    } else {
      this.#announce('prompt.changed', prompt)
    }
  }

  #open(): BrowserWindow {
    const window = smallWindow('prompt', this.#parts.bundle, { width, height: 320, title: 'Latchkey asks' })
    window.on('close', (event) => {
      event.preventDefault()
      const current = this.#parts.prompts.current()
      if (current !== null && this.#acceptsAnswer(current.id)) this.#parts.prompts.answer({ id: current.id, answer: 'deny' })
    })
    // A prompt that cannot be shown cannot be answered.
    window.webContents.on('render-process-gone', () => this.#parts.prompts.refuseAll('internal'))
    return window
  }

  #show(id: string, height: number): void {
    if (this.#window === null || this.#parts.prompts.current()?.id !== id || this.#seen?.id === id) return
    this.#parts.raised()
    placeNearCursor(this.#window, { width, height })
    this.#window.show()
    this.#window.moveTop()
    this.#seen = { id, since: performance.now() }
    this.#parts.prompts.markShown(id)
  }

  /** Refuses an answer that comes too early. The page does so too; this check holds even if the page is compromised. */
  #answer(answer: PromptAnswer): void {
    if (this.#parts.prompts.current()?.id !== answer.id) return
    if (!this.#acceptsAnswer(answer.id)) throw new Refusal('input-invalid')
    this.#parts.prompts.answer(answer)
  }

  #acceptsAnswer(id: string): boolean {
    return this.#seen?.id === id && performance.now() - this.#seen.since >= answerDelayMs
  }
}
