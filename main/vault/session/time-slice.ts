/** Milliseconds that one piece of a long work may take, before other work of the process has its turn. */
const maxSliceMs = 10

/** Cuts a long work into pieces: windows, programs and the tray are answered in between. */
export class TimeSlice {
  #began = performance.now()

  get isOver(): boolean {
    return performance.now() - this.#began > maxSliceMs
  }

  /** Resolves when everything that was waiting has had its turn. */
  async next(): Promise<void> {
    await new Promise(setImmediate)
    this.#began = performance.now()
  }
}
