import { Automaton } from './automaton.ts'
import { type Forms, formsOf, minBase64Prefix } from './forms.ts'
import { Reader, type Reading } from './reading.ts'

/** What replaces each masked stretch, whatever its length. */
export const maskText = '********'
const [lineFeed, carriageReturn] = [10, 13]

/** The values to mask, compiled once for both outputs of a program. */
export class MaskedValues {
  readonly base64: Automaton
  readonly #texts: Automaton
  readonly #joined: Automaton
  readonly #forms: Forms

  constructor(values: readonly string[]) {
    this.#forms = formsOf(values)
    this.#texts = new Automaton(this.#forms.texts)
    this.#joined = new Automaton(this.#forms.joined)
    this.base64 = new Automaton(this.#forms.base64)
  }

  /** @param found is called with the offsets in the output where a value begins and ends */
  readers(found: (start: number, end: number) => void): Readers[] {
    const { readings, joinedReadings } = this.#forms
    const readers = (texts: Automaton, [plain, ...escaped]: readonly Reading[]): Readers[] =>
      plain === undefined
        ? []
        : [{ plain: new Reader(texts, plain, found), escaped: escaped.map((reading) => new Reader(texts, reading, found)) }]
    return [...readers(this.#texts, readings), ...readers(this.#joined, joinedReadings)]
  }
}

/** Searches the same patterns in the raw output and with its escapes undone. */
interface Readers {
  readonly plain: Reader
  readonly escaped: readonly Reader[]
}

/**
 * Masks every byte that belongs to a value in any of its forms, and passes every other byte through unchanged. The result does not depend
 * on how the output is split into chunks. Only bytes that may be the beginning of a value are held back until that is decided.
 */
export class Mask {
  readonly #encoded: Automaton
  readonly #readers: readonly Readers[]
  /** The bytes that were not passed on yet, and for each whether it has to be masked. */
  #kept: Buffer = Buffer.alloc(0)
  #covered: Uint8Array = new Uint8Array(0)
  /** How many bytes were passed on. */
  #passed = 0
  #base64 = 0
  /** The last byte that was passed on was masked: masked bytes that follow belong to the same stretch. */
  #inside = false

  constructor(hidden: MaskedValues) {
    this.#encoded = hidden.base64
    this.#readers = hidden.readers((start, end) => void this.#covered.fill(1, start - this.#passed, end - this.#passed))
  }

  push(chunk: Uint8Array): Buffer {
    const from = this.#kept.length
    const bytes = (this.#kept = Buffer.concat([this.#kept, chunk]))
    const covered = new Uint8Array(bytes.length)
    covered.set(this.#covered)
    this.#covered = covered
    const piece = { bytes, from, offset: this.#passed }
    for (const { plain, escaped } of this.#readers) {
      const idle = plain.readPlainly(piece)
      for (const reader of escaped) reader.read(piece, idle)
    }
    for (let at = from; at < bytes.length; at++) this.#readBase64(bytes[at] ?? 0, at)
    const end = bytes.length
    const pending = Math.min(
      ...this.#readers.flatMap(({ plain, escaped }) => [plain, ...escaped]).map(({ pendingFrom }) => pendingFrom - this.#passed),
    )
    return this.#pass(Math.min(end, pending, this.#backFrom(end, this.#encoded.pending(this.#base64))))
  }

  /** Called at the end of the output: the bytes held back are not a value. */
  end(): Buffer {
    return this.#pass(this.#kept.length)
  }

  #readBase64(byte: number, at: number): void {
    const broken = byte === lineFeed || byte === carriageReturn
    if (broken && this.#encoded.pending(this.#base64) >= minBase64Prefix) return
    this.#base64 = this.#encoded.step(this.#base64, byte)
    const length = this.#encoded.found(this.#base64)
    if (length > 0) this.#covered.fill(1, this.#backFrom(at + 1, length), at + 1)
  }

  /** The start of the last `count` bytes before `end`, not counting line breaks. */
  #backFrom(end: number, count: number): number {
    let at = end
    for (let left = count; left > 0;) {
      const byte = this.#kept[--at]
      if (byte !== lineFeed && byte !== carriageReturn) left--
    }
    return at
  }

  #pass(until: number): Buffer {
    const parts: Buffer[] = []
    for (let at = 0; at < until;) {
      const cover = this.#covered[at]
      let end = at
      while (end < until && this.#covered[end] === cover) end++
      if (cover === 0) parts.push(this.#kept.subarray(at, end))
      else if (!this.#inside) parts.push(Buffer.from(maskText))
      this.#inside = cover === 1
      at = end
    }
    this.#kept = this.#kept.subarray(until)
    this.#covered = this.#covered.slice(until)
    this.#passed += until
    return Buffer.concat(parts)
  }
}
