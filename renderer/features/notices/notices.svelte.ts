import { untrack } from 'svelte'

/** A short message at the foot of the window, with at most one thing to do about it. */
export interface Notice {
  readonly text: string
  readonly act?: {
    readonly word: string
    readonly run: () => void
    /** Of an undo: whose keys it is about. Main acts on the account that is current: it is offered only while these keys are in sight. */
    readonly accountId?: string
  }
}

const shownFor = 8000 // milliseconds

/**
 * What the window has to say about what was just done: shown one at a time, and read aloud.
 * A value never goes through here: what is read aloud is heard by the whole room.
 */
class Notices {
  shown = $state.raw<Notice | null>(null)
  spoken = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined
  #accountId: string | null = null

  /** Reads aloud only: for results that can be seen where they happened. */
  announce(text: string): void {
    // A screen reader is silent when the text does not change: an invisible difference makes it speak again.
    // Unseen by whoever calls: an effect that says something would say it again for having said it, without end.
    this.spoken = untrack(() => this.spoken) === text ? `${text}\u00A0` : text
  }

  show(notice: Notice): void {
    const { text, act } = notice
    this.announce(text)
    // An answer may come when its account is out of sight.
    this.shown = act?.accountId === undefined || act.accountId === this.#accountId ? notice : { text }
    this.resume()
  }

  /** An account's keys are in sight. The returned function ends that, and what is offered about them goes. */
  keysOf(accountId: string): () => void {
    this.#accountId = accountId
    return () => {
      if (this.#accountId === accountId) this.#accountId = null
      if (this.shown?.act?.accountId === accountId) this.dismiss()
    }
  }

  /** Keeps the notice while somebody points at it or has the focus on it. */
  hold(): void {
    clearTimeout(this.#timer)
  }

  resume(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.dismiss(), shownFor)
  }

  /** Does what the notice offers. False when it offers nothing. */
  act(): boolean {
    const act = this.shown?.act
    if (act === undefined) return false
    this.dismiss()
    act.run()
    return true
  }

  /** What takes something back has a key of its own. Nothing else is done by it: who presses it does not mean to restart the app. */
  undo(): void {
    if (this.shown?.act?.accountId !== undefined) this.act()
  }

  dismiss(): void {
    clearTimeout(this.#timer)
    this.shown = null
  }
}

export const notices = new Notices()
