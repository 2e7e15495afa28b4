import { Refusal } from './refusal.ts'
import { describeFault } from './fault.ts'

/**
 * Work that goes on after the answer: mail, whose time would tell who is known, and sweeping. Bounded, so that a flood
 * of requests cannot pile up more of it than it can do.
 */
export class Background {
  readonly #running = new Set<Promise<void>>()

  constructor(readonly log: (line: string) => void) {}

  /**
   * @param name for the log, when the work fails
   * @throws Refusal `busy`
   */
  start(name: string, work: () => Promise<void>): void {
    if (this.isFull) throw new Refusal('busy', 60)
    const running = work()
      .catch((error: unknown) => this.log(`${name} failed: ${describeFault(error)}`))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /**
   * Begins something that is answered, and goes on after the answer with what it gave. Its place is taken before it
   * begins: what was begun is never left without the rest.
   * @throws Refusal `busy`, with nothing begun; and what `begin` rejects with, after which nothing goes on
   */
  async startAfter<T>(name: string, begin: () => Promise<T>, goOn: (begun: T) => Promise<void>): Promise<T> {
    if (this.isFull) throw new Refusal('busy', 60)
    const beginning = begin()
    this.start(name, async () => {
      const [ended] = await Promise.allSettled([beginning])
      if (ended.status === 'fulfilled') await goOn(ended.value)
    })
    return beginning
  }

  get isFull(): boolean {
    return this.#running.size >= 100
  }

  /** Resolves when all that was started has ended. */
  async settle(): Promise<void> {
    await Promise.all(this.#running)
  }
}
