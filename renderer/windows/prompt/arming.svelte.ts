/** How long a new prompt ignores clicks and keys, in milliseconds. */
const armDelayMs = 500

const pointing = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
] as const

/**
 * Keeps input that was meant for another window from answering a prompt that just appeared: the first half second is ignored, and so is
 * input that began in it, such as a key that is still held. Keys are also ignored for half a second after the window got the focus, which
 * it may get without any action by the user.
 */
export class Arming {
  /** Whether clicks count, and whether keys do. */
  clicks = $state(false)
  keys = $state(false)
  #armed: ReturnType<typeof setTimeout> | undefined
  #listening: ReturnType<typeof setTimeout> | undefined
  /** True after a press began that counts. */
  #pressed = false
  #held: readonly string[] = []

  /** Ignores all input from now on, until `arm` is called. */
  disarm(): void {
    clearTimeout(this.#armed)
    clearTimeout(this.#listening)
    this.clicks = this.keys = this.#pressed = false
    this.#held = []
  }

  /** Called when the user can see the prompt. */
  arm(): void {
    this.disarm()
    this.#armed = setTimeout(() => (this.clicks = true), armDelayMs)
    this.#listening = setTimeout(() => (this.keys = true), armDelayMs)
  }

  /** Filters a window's events before any other listener. Call the returned function to stop. */
  watch(window: Window): () => void {
    const pointed = (event: Event): void => this.#filter(event, this.#countsAsPointed(event))
    const keyed = (event: KeyboardEvent): void => this.#filter(event, this.#countsAsKeyed(event))
    const focused = (): void => this.#focused()
    for (const type of pointing) window.addEventListener(type, pointed, { capture: true, passive: false })
    window.addEventListener('keydown', keyed, true)
    window.addEventListener('keyup', keyed, true)
    window.addEventListener('focus', focused)
    return () => {
      for (const type of pointing) window.removeEventListener(type, pointed, true)
      window.removeEventListener('keydown', keyed, true)
      window.removeEventListener('keyup', keyed, true)
      window.removeEventListener('focus', focused)
      this.disarm()
    }
  }

  #focused(): void {
    if (!this.clicks) return // `arm` decides
    this.keys = false
    this.#held = []
    clearTimeout(this.#listening)
    this.#listening = setTimeout(() => (this.keys = true), armDelayMs)
  }

  #countsAsPointed(event: Event): boolean {
    if (event.type === 'pointerdown' || event.type === 'touchstart') this.#pressed = this.clicks
    // A click made by a key has no pointer press before it. The key itself was already checked.
    if (event.type === 'click' && (event as MouseEvent).detail === 0) return this.keys
    return this.clicks && this.#pressed
  }

  #countsAsKeyed(event: KeyboardEvent): boolean {
    if (!this.keys) return false
    const isHeld = this.#held.includes(event.code)
    if (event.type === 'keydown' && event.repeat) return isHeld
    this.#held = this.#held.filter((code) => code !== event.code)
    if (event.type === 'keyup') return isHeld
    this.#held = [...this.#held, event.code]
    return true
  }

  #filter(event: Event, counts: boolean): void {
    if (counts) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}
