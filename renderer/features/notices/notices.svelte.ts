import { untrack } from 'svelte'

/** A short message at the foot of the window, with at most one action. */
export interface Notice {
  readonly text: string
  readonly act?: {
    readonly word: string
    readonly run: () => void
    /**
     * For an undo: the account that it applies to. Main acts on the current account, so the undo is offered only while this account is
     * shown.
     */
    readonly accountId?: string
  }
}

const shownForMs = 8000

/**
 * Messages about what was just done. They are shown one at a time and announced by screen readers.
 * Never put a value here: everybody in the room can hear it.
 */
class Notices {
  shown = $state.raw<Notice | null>(null)
  spoken = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined
  #accountId: string | null = null

  /** Announces only, without showing: for results that are already visible where they happened. */
  announce(text: string): void {
    // A live region that does not change is not announced again, so an invisible character makes the text different.
    // Untracked: an effect that announces something would otherwise depend on the text that it sets, and loop.
    this.spoken = untrack(() => this.spoken) === text ? `${text}\u00A0` : text
  }

  show(notice: Notice): void {
    const { text, act } = notice
    this.announce(text)
    // The answer may arrive when its account is no longer shown.
    this.shown = act?.accountId === undefined || act.accountId === this.#accountId ? notice : { text }
    this.resume()
  }

  /** Says which account is shown. Call the returned function when it no longer is; actions about it are then removed. */
  keysOf(accountId: string): () => void {
    this.#accountId = accountId
    return () => {
      if (this.#accountId === accountId) this.#accountId = null
      if (this.shown?.act?.accountId === accountId) this.dismiss()
    }
  }

  /** Keeps the notice while it is hovered or focused. */
  hold(): void {
    clearTimeout(this.#timer)
  }

  resume(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.dismiss(), shownForMs)
  }

  /** Runs the action of the notice. @returns false if it has none */
  act(): boolean {
    const act = this.shown?.act
    if (act === undefined) return false
    this.dismiss()
    act.run()
    return true
  }

  /** Undo has a shortcut of its own. It runs no other action: a user who presses it does not mean to restart the app. */
  undo(): void {
    if (this.shown?.act?.accountId !== undefined) this.act()
  }

  dismiss(): void {
    clearTimeout(this.#timer)
    this.shown = null
  }
}

export const notices = new Notices()
