/** How long what has just come up takes no click and no key, in milliseconds. */
const deaf = 500

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
 * Keeps what a person typed or clicked for something else from answering a prompt that came up under their hands: nothing counts in its
 * first half second, nor what began before that half second was over, as a key that is still held. Keys count half a second after the
 * window got the focus, too, which it may have got without anybody's doing.
 */
export class Arming {
  /** Whether clicks count, and whether keys do. */
  clicks = $state(false)
  keys = $state(false)
  #armed: ReturnType<typeof setTimeout> | undefined
  #listening: ReturnType<typeof setTimeout> | undefined
  /** A press that counts was begun. */
  #pressed = false
  #held: readonly string[] = []

  /** Deaf from now on, for good until `arm`. */
  disarm(): void {
    clearTimeout(this.#armed)
    clearTimeout(this.#listening)
    this.clicks = this.keys = this.#pressed = false
    this.#held = []
  }

  /** The person sees it from now on. */
  arm(): void {
    this.disarm()
    this.#armed = setTimeout(() => (this.clicks = true), deaf)
    this.#listening = setTimeout(() => (this.keys = true), deaf)
  }

  /** Filters a window's events, before anything else hears them. The returned function stops it. */
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
    if (!this.clicks) return // `arm` has it in hand
    this.keys = false
    this.#held = []
    clearTimeout(this.#listening)
    this.#listening = setTimeout(() => (this.keys = true), deaf)
  }

  #countsAsPointed(event: Event): boolean {
    if (event.type === 'pointerdown' || event.type === 'touchstart') this.#pressed = this.clicks
    // A key's click has no press before it; the key itself was judged.
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
