/**
 * The first pause, by how the prompt ended. It is short after a withdrawal, because the program may have meant to ask for something else.
 */
const firstPauseMs = { denied: 10_000, unanswered: 1_000 } as const
const maxPauseMs = 300_000

/** `unanswered`: withdrawn before it had an answer, or expired. */
export type Ending = keyof typeof firstPauseMs

/**
 * Refuses requesters for a while after a prompt of theirs was denied or unanswered, whatever they ask: with exponential backoff up to five
 * minutes. After a denial by mistake a person can soon be asked again; but a program that asks again and again, or withdraws each prompt
 * before it can be answered, cannot wear a person down.
 */
export class PromptBackoff {
  readonly #paused = new Map<string, { until: number; pause: number; after: Ending }>()

  /** How the last prompt of a requester ended, while it is still refused for that; null if it may ask. @param now in milliseconds */
  pausedAfter(requester: string, now: number): Ending | null {
    const paused = this.#paused.get(requester)
    return paused !== undefined && now < paused.until ? paused.after : null
  }

  /** A withdrawal during a pause does not extend it: an interrupted build withdraws all of its requests together. */
  record(requester: string, after: Ending, now: number): void {
    for (const [other, { until }] of this.#paused) if (until + maxPauseMs < now) this.#paused.delete(other)
    if (after === 'unanswered' && this.pausedAfter(requester, now) !== null) return
    const pause = Math.min(Math.max(firstPauseMs[after], (this.#paused.get(requester)?.pause ?? 0) * 2), maxPauseMs)
    this.#paused.set(requester, { until: now + pause, pause, after })
  }

  reset(requester: string): void {
    this.#paused.delete(requester)
  }
}
