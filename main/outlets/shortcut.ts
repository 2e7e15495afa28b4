/** Electron's `globalShortcut`. */
export interface SystemShortcuts {
  register(accelerator: string, pressed: () => void): boolean
  unregister(accelerator: string): void
}

/** One shortcut that works whichever program has the focus, if the system gives it to us. */
export class Shortcut {
  readonly #system: SystemShortcuts
  readonly #pressed: () => void
  readonly #trusted: boolean
  #accelerator: string | null = null
  #registered = false

  /** @param trusted whether the system's word counts that it was registered. Wayland's does not: it says so and then hears nothing. */
  constructor(system: SystemShortcuts, pressed: () => void, trusted: boolean) {
    this.#system = system
    this.#pressed = pressed
    this.#trusted = trusted
  }

  /** False if another program has it, if it is none, or if that cannot be told; `latchkey quick` does the same by a shortcut of the desktop's. */
  get works(): boolean {
    return this.#registered && this.#trusted
  }

  /** @param accelerator in Electron's words, as `Ctrl+Alt+K`; null for none */
  set(accelerator: string | null): void {
    if (this.#accelerator !== null && this.#registered) this.#system.unregister(this.#accelerator)
    this.#accelerator = accelerator
    this.#registered = accelerator !== null && this.#register(accelerator)
  }

  /** Electron throws at words that it does not know. */
  #register(accelerator: string): boolean {
    try {
      return this.#system.register(accelerator, this.#pressed)
    } catch {
      return false
    }
  }
}
