const firstPause = 10_000
const longestPause = 300_000

/**
 * Who was told no, and for how long the same is refused without asking: ten seconds, then twice as long each time, up to five minutes. A
 * person who denied by mistake can soon ask again; a program that asks for ever cannot wear anybody down.
 */
export class Denials {
  readonly #paused = new Map<string, { until: number; pause: number }>()

  /** Whether `subject` is to be refused at `now`, in milliseconds. */
  refuses(subject: string, now: number): boolean {
    const paused = this.#paused.get(subject)
    return paused !== undefined && now < paused.until
  }

  note(subject: string, now: number): void {
    const before = this.#paused.get(subject)
    const pause = before === undefined ? firstPause : Math.min(before.pause * 2, longestPause)
    this.#paused.set(subject, { until: now + pause, pause })
    for (const [other, { until }] of this.#paused) if (until + longestPause < now) this.#paused.delete(other)
  }

  forget(subject: string): void {
    this.#paused.delete(subject)
  }
}
