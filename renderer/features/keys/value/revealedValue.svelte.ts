import { ask } from '../../../bridge.ts'

/** How long a value stays in sight, in milliseconds. */
export const shownFor = 20_000

/**
 * The one value in sight, if any. It is held here and nowhere else in the window, and let go of after 20 s, when the
 * window loses the focus, or when another key is chosen: a value in sight is a value for whoever walks by.
 */
export class RevealedValue {
  value = $state.raw<string | null>(null)
  keyId = $state.raw<string | null>(null)
  /** Milliseconds since 1970. */
  hidesAt = $state(0)
  asking = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  #request = 0
  #away = false

  /**
   * Shows the value of a key. False when it was let go of before it could be shown, since the window lost the focus or
   * another key was chosen meanwhile. Throws `Refused`.
   */
  async show(accountId: string, keyId: string): Promise<boolean> {
    this.hide()
    const request = this.#request
    this.keyId = keyId
    this.asking = true
    try {
      const { value } = await ask('keys.reveal', { accountId, id: keyId })
      if (request !== this.#request || this.#away) return false
      this.value = value
      this.hidesAt = Date.now() + shownFor
      this.#timer = setTimeout(() => this.hide(), shownFor)
      return true
    } finally {
      if (request === this.#request) {
        this.asking = false
        if (this.value === null) this.keyId = null
      }
    }
  }

  /** Lets go of the value, and of one still on its way. */
  hide(): void {
    clearTimeout(this.#timer)
    this.#request += 1
    this.value = null
    this.keyId = null
    this.asking = false
  }

  /**
   * The window lost the focus. A value on its way is not cancelled: the keychain's own question takes the focus, and
   * cancelling would leave a person who answers it with nothing. It is shown only if the focus is back by then.
   */
  leave(): void {
    this.#away = true
    if (this.value !== null) this.hide()
  }

  comeBack(): void {
    this.#away = false
  }
}
