/**
 * Finds many patterns at once in a stream of bytes (Aho-Corasick). Each state stands for a prefix of a pattern. After each byte the state
 * is the longest prefix that is a suffix of the bytes read so far.
 *
 * Only the patterns' own transitions are made in advance. The others, sixty times as many, are looked up when the output first needs them:
 * the program that waits for them may print nothing.
 */
export class Automaton {
  /** A column for each byte that occurs in a pattern, and column 0 for all others. */
  readonly #columns = new Uint16Array(256)
  readonly #width: number
  /** The next state plus 1; 0 for a transition that was not looked up yet. */
  readonly #next: Int32Array
  /** The state of the longest shorter prefix, at which the search goes on where no pattern continues. */
  readonly #shorter: Int32Array
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
    let columns = 0
    for (const pattern of patterns) for (const byte of pattern) if (this.#columns[byte] === 0) this.#columns[byte] = ++columns
    this.#width = columns + 1
    const stateCount = 1 + patterns.reduce((sum, { length }) => sum + length, 0)
    this.#next = new Int32Array(stateCount * this.#width)
    this.#shorter = new Int32Array(stateCount)
    this.#pending = new Int32Array(stateCount)
    this.#found = new Int32Array(stateCount)
    this.#connect(patterns)
  }

  /** All patterns together, byte by byte: the shorter prefixes are then complete when a longer one is connected to them. */
  #connect(patterns: readonly Uint8Array[]): void {
    let states = 1
    let open = patterns.map((pattern) => ({ pattern, state: 0 }))
    for (let depth = 0; open.length > 0; depth++) {
      const begun = states
      for (const one of open) {
        const column = this.#columns[one.pattern[depth] ?? 0] ?? 0
        const at = one.state * this.#width + column
        if (depth > 0) this.#pending[one.state] = depth
        if (this.#next[at] === 0) {
          if (depth > 0) this.#shorter[states] = this.#to(this.#shorter[one.state] ?? 0, column)
          this.#next[at] = ++states
        }
        one.state = (this.#next[at] ?? 0) - 1
        if (one.pattern.length === depth + 1) this.#found[one.state] = depth + 1
      }
      for (let state = begun; state < states; state++) {
        const shorter = this.#shorter[state] ?? 0
        this.#found[state] ||= this.#found[shorter] ?? 0
        this.#pending[state] = this.#pending[shorter] ?? 0 // for a state at which every pattern ends
      }
      open = open.filter(({ pattern }) => pattern.length > depth + 1)
    }
  }

  /** @returns the state after one more byte; the initial state is 0 */
  step(state: number, byte: number): number {
    return this.#to(state, this.#columns[byte] ?? 0)
  }

  #to(state: number, column: number): number {
    const known = this.#next[state * this.#width + column] ?? 0
    if (known > 0) return known - 1
    let from = state
    let to = 0
    while (to === 0 && from > 0) {
      from = this.#shorter[from] ?? 0
      to = this.#next[from * this.#width + column] ?? 0
    }
    if (to === 0) to = 1
    this.#next[state * this.#width + column] = to
    return to - 1
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
