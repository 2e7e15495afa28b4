/** Where rows of known heights lie below each other, and which of them a part of the list shows. All in pixels. */
export class RowPositions {
  /** The top of each row, and last the bottom of the last one. */
  readonly #tops: Float64Array

  constructor(heights: readonly number[]) {
    this.#tops = new Float64Array(heights.length + 1)
    let top = 0
    for (const [row, height] of heights.entries()) this.#tops[row + 1] = top += height
  }

  get height(): number {
    return this.#tops.at(-1) ?? 0
  }

  top(row: number): number {
    return this.#tops[row] ?? this.height
  }

  bottom(row: number): number {
    return this.top(row + 1)
  }

  /** The rows that lie between two heights, wholly or in part. `end` is the first row after them. */
  between(from: number, to: number): { readonly start: number; readonly end: number } {
    return { start: this.#rowsAbove(from), end: Math.min(this.#rowsAbove(to) + 1, this.#tops.length - 1) }
  }

  /** How many rows lie wholly above a height. */
  #rowsAbove(height: number): number {
    let [low, high] = [0, this.#tops.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.bottom(middle) <= height) low = middle + 1
      else high = middle
    }
    return low
  }
}
