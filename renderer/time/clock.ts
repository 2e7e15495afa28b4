import { createSubscriber } from 'svelte/reactivity'

/** The current time as reactive state. It ticks only while something reads it. */
export class Clock {
  readonly #watch: () => void

  /** `period` is in milliseconds. */
  constructor(period: number) {
    this.#watch = createSubscriber((tick) => {
      const timer = setInterval(tick, period)
      return () => clearInterval(timer)
    })
  }

  /** Milliseconds since 1970, UTC. */
  get now(): number {
    this.#watch()
    return Date.now()
  }
}

/** For countdowns. */
export const seconds = new Clock(1000)
/** For ages. */
export const halfMinutes = new Clock(30_000)
