/**
 * Finds many patterns at once in a stream of bytes (Aho-Corasick). Each state stands for a prefix of a pattern. After each byte the state
 * is the longest prefix that is a suffix of the bytes read so far.
 */
export class Automaton {
  /** A column for each byte that occurs in a pattern, and column 0 for all others. */
  readonly #columns = new Uint16Array(256)
  readonly #width: number
  readonly #next: Int32Array
  readonly #pending: Int32Array
  readonly #found: Int32Array
  /** The length of the longest pattern. */
  readonly longest: number
  /** Whether every pattern begins with a letter or a digit. */
  readonly beginsPlainly: boolean

  /** @param patterns none of them empty */
  constructor(patterns: readonly Uint8Array[]) {
    this.longest = patterns.reduce((longest, { length }) => Math.max(longest, length), 0)
    this.beginsPlainly = patterns.every(([first = 0]) => /[A-Za-z0-9]/.test(String.fromCharCode(first)))
    const bytes = [...new Set(patterns.flatMap((pattern) => [...pattern]))]
    bytes.forEach((byte, index) => (this.#columns[byte] = index + 1))
    this.#width = bytes.length + 1
    const stateCount = 1 + patterns.reduce((sum, { length }) => sum + length, 0)
    this.#next = new Int32Array(stateCount * this.#width)
    this.#pending = new Int32Array(stateCount)
    this.#found = new Int32Array(stateCount)
    let states = 1
    for (const pattern of patterns) {
      let state = 0
      for (const byte of pattern) {
        const at = state * this.#width + (this.#columns[byte] ?? 0)
        if (this.#next[at] === 0) this.#next[at] = states++
        state = this.#next[at] ?? 0
      }
      this.#found[state] = pattern.length
    }
    this.#link(states)
  }

  /**
   * Fills missing transitions from the state's failure link, the longest shorter prefix. Breadth first, so that shorter prefixes are
   * complete.
   */
  #link(states: number): void {
    const width = this.#width
    const shorter = new Int32Array(states)
    const depth = new Int32Array(states)
    const queue = [0]
    for (let index = 0; index < queue.length; index++) {
      const state = queue[index] ?? 0
      const fallback = shorter[state] ?? 0
      this.#found[state] ||= this.#found[fallback] ?? 0
      this.#pending[state] = this.#pending[fallback] ?? 0
      for (let column = 1; column < width; column++) {
        const at = state * width + column
        const other = state === 0 ? 0 : (this.#next[fallback * width + column] ?? 0)
        const child = this.#next[at] ?? 0
        if (child === 0) this.#next[at] = other
        else {
          shorter[child] = other
          depth[child] = (depth[state] ?? 0) + 1
          this.#pending[state] = depth[state] ?? 0
          queue.push(child)
        }
      }
    }
  }

  /** @returns the state after one more byte; the initial state is 0 */
  step(state: number, byte: number): number {
    return this.#next[state * this.#width + (this.#columns[byte] ?? 0)] ?? 0
  }

  /** How many of the last bytes may be the beginning of a pattern. */
  pending(state: number): number {
    return this.#pending[state] ?? 0
  }

  /** The length of the longest pattern that ends here, or 0. */
  found(state: number): number {
    return this.#found[state] ?? 0
  }
}
