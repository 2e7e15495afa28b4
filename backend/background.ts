import { Refusal } from './refusal.ts'
import { describeFault } from './fault.ts'

/**
 * Work that continues after the answer: mail, whose time would reveal which addresses are known, and sweeping. Bounded, so that a flood of
 * requests cannot queue more of it than can be done.
 */
export class Background {
  readonly #running = new Set<Promise<void>>()

  constructor(readonly log: (line: string) => void) {}

  /**
   * @param name for the log, if the work fails
   * @throws Refusal `busy`
   */
  start(name: string, work: () => Promise<void>): void {
    if (this.isFull) throw new Refusal('busy', 60)
    const running = work()
      .catch((error: unknown) => this.log(`${name} failed: ${describeFault(error)}`))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  get isFull(): boolean {
    return this.#running.size >= 100
  }

  /** Resolves when all work that was started has ended. */
  async settle(): Promise<void> {
    await Promise.all(this.#running)
  }
}
