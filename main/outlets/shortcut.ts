import { orElse } from '../../shared/or-else.ts'

/** Electron's `globalShortcut`. */
export interface SystemShortcuts {
  register(accelerator: string, pressed: () => void): boolean
  unregister(accelerator: string): void
}

/** One global shortcut, which works whichever program has the focus. */
export class Shortcut {
  readonly #system: SystemShortcuts
  readonly #pressed: () => void
  readonly #trusted: boolean
  #accelerator: string | null = null
  #registered = false

  /** @param trusted false on Wayland, where Electron reports a registration that has no effect */
  constructor(system: SystemShortcuts, pressed: () => void, trusted: boolean) {
    this.#system = system
    this.#pressed = pressed
    this.#trusted = trusted
  }

  /**
   * False if another program has the shortcut, if it is invalid, or if it cannot be known. A desktop shortcut for `latchkey quick` does the
   * same.
   */
  get works(): boolean {
    return this.#registered && this.#trusted
  }

  /** @param accelerator as Electron's, for example `Ctrl+Alt+K`; null for none */
  set(accelerator: string | null): void {
    if (this.#accelerator !== null && this.#registered) this.#system.unregister(this.#accelerator)
    this.#accelerator = accelerator
    this.#registered = accelerator !== null && this.#register(accelerator)
  }

  /** Electron throws for an invalid accelerator. */
  #register(accelerator: string): boolean {
    return orElse(() => this.#system.register(accelerator, this.#pressed), false)
  }
}
