import { untrack } from 'svelte'

/** A short message at the foot of the window, with at most one action. */
export interface Notice {
  readonly text: string
  readonly act?: {
    readonly word: string
    readonly run: () => void
    /** For an undo: the account that it applies to. It is offered only while the keys of this account are listed. */
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
  /** The account whose keys are listed, or `all`; null if none are. */
  #listed: string | null = null

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
    this.shown = act?.accountId === undefined || act.accountId === this.#listed || this.#listed === 'all' ? notice : { text }
    this.resume()
  }

  /**
   * Says whose keys are listed. Call the returned function when they no longer are; undo actions are then removed.
   * @param listed the id of an account, or `all`
   */
  keysOf(listed: string): () => void {
    this.#listed = listed
    return () => {
      if (this.#listed === listed) this.#listed = null
      const undone = this.shown?.act?.accountId
      if (undone !== undefined && (listed === 'all' || undone === listed)) this.dismiss()
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
