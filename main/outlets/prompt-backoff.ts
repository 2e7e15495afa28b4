/** How long the first pause is, by how the question ended. Who took theirs back may have meant to ask another; a no is to be heard. */
const firstPauseMs = { denied: 10_000, unanswered: 1_000 } as const
const maxPauseMs = 300_000

/** `unanswered`: withdrawn before it had an answer, or nobody was there. */
export type Ending = keyof typeof firstPauseMs

/**
 * Who had a question that came to nothing, and for how long they are refused without asking, whatever they ask: twice as long each time,
 * up to five minutes. A person who denied by mistake can soon be asked again; a program that asks for ever, or takes each question back
 * before it can be answered, cannot wear anybody down.
 */
export class PromptBackoff {
  readonly #paused = new Map<string, { until: number; pause: number; after: Ending }>()

  /** After what `who` is to be refused at `now`, in milliseconds; null if they may ask. */
  pausedAfter(who: string, now: number): Ending | null {
    const paused = this.#paused.get(who)
    return paused !== undefined && now < paused.until ? paused.after : null
  }

  /** What is taken back in a pause, as by a build that is interrupted with all that it had asked, makes it no longer. */
  record(who: string, after: Ending, now: number): void {
    for (const [other, { until }] of this.#paused) if (until + maxPauseMs < now) this.#paused.delete(other)
    if (after === 'unanswered' && this.pausedAfter(who, now) !== null) return
    const pause = Math.min(Math.max(firstPauseMs[after], (this.#paused.get(who)?.pause ?? 0) * 2), maxPauseMs)
    this.#paused.set(who, { until: now + pause, pause, after })
  }

  reset(who: string): void {
    this.#paused.delete(who)
  }
}
