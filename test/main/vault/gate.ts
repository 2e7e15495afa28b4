import { onTestFinished } from 'vitest'

/** A promise that a test resolves, and a call that waits for it: what is between them happens in a known order. */
export class Gate {
  readonly reached: Promise<void>
  readonly #opened: Promise<void>
  #reach: () => void = () => undefined
  #open: () => void = () => undefined

  constructor() {
    this.reached = new Promise((resolve) => (this.#reach = resolve))
    this.#opened = new Promise((resolve) => (this.#open = resolve))
    onTestFinished(() => this.open())
  }

  pass(): Promise<void> {
    this.#reach()
    return this.#opened
  }

  open(): void {
    this.#open()
  }
}
