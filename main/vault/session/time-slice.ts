/** Milliseconds that long work may block the event loop at a time. */
const maxSliceMs = 10

/** Splits long work into slices, so that windows, programs and the tray are answered in between. */
export class TimeSlice {
  #began = performance.now()

  get isOver(): boolean {
    return performance.now() - this.#began > maxSliceMs
  }

  /** Resolves after one turn of the event loop. */
  async next(): Promise<void> {
    await new Promise(setImmediate)
    this.#began = performance.now()
  }
}
