import { everyStep } from '../../shared/every-step.ts'

/** How often, in milliseconds. */
const periodMs = 5_000

/** One timer for everything that looks again every few seconds, so that an idle app wakes up once for all of it. */
export class Heartbeat {
  readonly #report: (error: unknown) => void
  readonly #looks: (() => void)[] = []

  /** @param report is called with what a look throws; the other looks go on */
  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  /** Calls `look` every few seconds from now on. */
  add(look: () => void): void {
    if (this.#looks.length === 0) setInterval(() => void everyStep(this.#looks, this.#report), periodMs)
    this.#looks.push(look)
  }
}
