/** How long after the window can be seen its first screen gets the computer for itself, in milliseconds. */
const headStartMs = 500

/**
 * When the first window has been shown, or the app has started without one. Work that loads much waits for it, because it would delay the
 * key list.
 */
export class FirstShown {
  /** Resolves once, and never rejects. */
  readonly reached: Promise<void>
  readonly #resolve: () => void
  #isReached = false

  constructor() {
    const { promise, resolve } = withResolver()
    this.reached = promise
    this.#resolve = resolve
  }

  get isReached(): boolean {
    return this.#isReached
  }

  /** To be called when a window can be seen, or when it is known that there will be none for now. Idempotent. */
  signal(): void {
    setTimeout(() => {
      this.#isReached = true
      this.#resolve()
    }, headStartMs)
  }
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
