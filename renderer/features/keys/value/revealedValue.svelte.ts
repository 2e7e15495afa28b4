import { ask } from '../../../bridge.ts'

/** How long a value stays revealed, in milliseconds. */
export const revealedForMs = 20_000

/**
 * The one revealed value, if any. It is stored here and nowhere else in the window, and dropped after 20 s, when the window loses the
 * focus, or when another key is selected: anyone who passes by can read the screen.
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
   * Reveals the value of a key. @returns false if it was dropped before it could be shown, because the window lost the focus or another key
   * was selected meanwhile. @throws Refused
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
      this.hidesAt = Date.now() + revealedForMs
      this.#timer = setTimeout(() => this.hide(), revealedForMs)
      return true
    } finally {
      if (request === this.#request) {
        this.asking = false
        if (this.value === null) this.keyId = null
      }
    }
  }

  /** Drops the value, and one that is still being loaded. */
  hide(): void {
    clearTimeout(this.#timer)
    this.#request += 1
    this.value = null
    this.keyId = null
    this.asking = false
  }

  /**
   * Called when the window loses the focus. A value that is being loaded is not cancelled: the keychain's own prompt takes the focus, and
   * the user who answers it would get nothing. It is shown only if the focus is back by then.
   */
  leave(): void {
    this.#away = true
    if (this.value !== null) this.hide()
  }

  comeBack(): void {
    this.#away = false
  }
}
