import type { Automaton } from './automaton.ts'
import type { Escape } from './escapes.ts'

/** Called with a decoded byte, and where its encoding begins and ends in the output. */
type Take = (byte: number, start: number, end: number) => void

/** Undoes one kind of escape in a stream of bytes. */
class Stage {
  readonly #marks: Uint8Array
  readonly #read: Escape['read']
  readonly #next: Take
  #held: number[] = []
  #starts: number[] = []
  #ends: number[] = []

  constructor({ marks, read }: Escape, next: Take) {
    this.#marks = Uint8Array.from({ length: 256 }, (_, byte) => Number(marks.includes(byte)))
    this.#read = read
    this.#next = next
  }

  /** Where an incomplete escape begins; null if every escape is complete. */
  get heldFrom(): number | null {
    return this.#starts[0] ?? null
  }

  readonly take: Take = (byte, start, end) => {
    if (this.#held.length === 0 && this.#marks[byte] === 0) return this.#next(byte, start, end)
    this.#held.push(byte)
    this.#starts.push(start)
    this.#ends.push(end)
    this.#settle()
  }

  #settle(): void {
    while (this.#held.length > 0) {
      const marked = this.#marks[this.#held[0] ?? 0] === 1
      const read = marked ? this.#read(this.#held) : { taken: 1, bytes: this.#held.slice(0, 1) }
      if (read === null) return
      const [start, end] = [this.#starts[0] ?? 0, this.#ends[read.taken - 1] ?? 0]
      this.#held = this.#held.slice(read.taken)
      this.#starts = this.#starts.slice(read.taken)
      this.#ends = this.#ends.slice(read.taken)
      for (const byte of read.bytes) this.#next(byte, start, end)
    }
  }
}

export interface Reading {
  /** The kinds of escapes to undo, the outermost first. */
  readonly escapes: readonly Escape[]
  /** Bytes that are skipped inside a pattern, if the pattern does not continue with them. */
  readonly without?: ReadonlySet<number>
}

/** How many bytes of a pattern have to match before bytes are skipped in it: too many lines begin like a pattern by chance. */
const begun = 12

/** A chunk of the output. */
export interface Piece {
  readonly bytes: Uint8Array
  /** Where the new bytes begin. The bytes before are those that were kept. */
  readonly from: number
  /** The offset in the output of the first of these bytes. */
  readonly offset: number
}

/** Searches patterns in an output with its escapes undone. */
export class Reader {
  readonly #texts: Automaton
  readonly #stages: Stage[] = []
  readonly #marks: readonly number[]
  readonly #first: Take
  readonly #without: ReadonlySet<number> | null
  readonly #found: (start: number, end: number) => void
  /** For each of the last decoded bytes, where its encoding begins. */
  readonly #starts: Float64Array
  #count = 0
  #state = 0

  constructor(texts: Automaton, { escapes, without }: Reading, found: (start: number, end: number) => void) {
    this.#texts = texts
    this.#found = found
    this.#without = without ?? null
    this.#marks = [...new Set(escapes.flatMap(({ marks }) => marks))]
    this.#starts = new Float64Array(2 ** Math.ceil(Math.log2(texts.longest + 1)))
    let next: Take = (byte, start, end) => this.#meet(byte, start, end)
    for (const escape of [...escapes].reverse()) {
      const stage = new Stage(escape, next)
      this.#stages.unshift(stage)
      next = stage.take
    }
    this.#first = next
  }

  /**
   * Searches without undoing escapes.
   * @returns for each byte whether no pattern is partly matched before it
   */
  readPlainly({ bytes, from, offset }: Piece): Uint8Array {
    const idle = new Uint8Array(bytes.length + 1)
    for (let at = from; at < bytes.length; at++) {
      if (this.#state === 0) idle[at] = 1
      this.#meet(bytes[at] ?? 0, offset + at, offset + at + 1)
    }
    if (this.#state === 0) idle[bytes.length] = 1
    return idle
  }

  /** @param idle from `readPlainly`: where no pattern is partly matched, this reading can skip to the next escape */
  read({ bytes, from, offset }: Piece, idle: Uint8Array): void {
    const next = this.#marks.map(() => -1)
    for (let at = from; at < bytes.length; at++) {
      if (this.#state === 0 && idle[at] === 1 && this.#stages.every(({ heldFrom }) => heldFrom === null)) {
        let until = bytes.length
        for (const [index, mark] of this.#marks.entries()) {
          if ((next[index] ?? 0) < at) next[index] = indexOf(bytes, mark, at)
          until = Math.min(until, next[index] ?? 0)
        }
        while (until > at && idle[until] === 0) until--
        at = until
        if (at === bytes.length) return
      }
      this.#first(bytes[at] ?? 0, offset + at, offset + at + 1)
    }
  }

  /** Where a partly matched pattern begins; Infinity if no pattern is partly matched. */
  get pendingFrom(): number {
    const pending = this.#texts.pending(this.#state)
    if (pending > 0) return this.#starts[(this.#count - pending) & (this.#starts.length - 1)] ?? 0
    // An incomplete escape: letters and digits are never escaped, so it cannot begin a pattern that begins with these.
    if (this.#texts.beginsPlainly) return Infinity
    return Math.min(...this.#stages.map(({ heldFrom }) => heldFrom ?? Infinity))
  }

  #meet(byte: number, start: number, end: number): void {
    const state = this.#texts.step(this.#state, byte)
    const pending = this.#texts.pending(this.#state)
    if (this.#without?.has(byte) === true && pending >= begun && this.#texts.pending(state) !== pending + 1) return
    this.#starts[this.#count++ & (this.#starts.length - 1)] = start
    this.#state = state
    if (this.#texts.beginsPlainly && end - start > 1 && this.#texts.pending(this.#state) === 1) this.#state = 0
    const length = this.#texts.found(this.#state)
    if (length > 0) this.#found(this.#starts[(this.#count - length) & (this.#starts.length - 1)] ?? 0, end)
  }
}

/** @returns the length if the byte does not occur */
function indexOf(bytes: Uint8Array, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from)
  return found < 0 ? bytes.length : found
}
