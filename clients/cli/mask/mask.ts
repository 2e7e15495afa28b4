import { Transform, type TransformCallback } from 'node:stream'
import { Automaton } from './automaton.ts'
import { formsOf, shortest } from './forms.ts'

/** What stands for each stretch that was hidden, however long it was. */
export const hidden = '********'
const [lineFeed, carriageReturn] = [10, 13]

/** The values to hide, made ready once for both outputs of a program. */
export class Hidden {
  readonly plain: Automaton
  readonly base64: Automaton

  constructor(values: readonly string[]) {
    const forms = formsOf(values)
    this.plain = new Automaton(forms.plain)
    this.base64 = new Automaton(forms.base64)
  }
}

/**
 * Hides every byte that belongs to a value in any of its forms, and passes everything else on byte for byte. What is the same does not
 * depend on where the chunks begin and end. It keeps back only what could be the beginning of a value, until it is seen to be none.
 */
export class Mask {
  readonly #hidden: Hidden
  /** The bytes that were not passed on yet, and for each whether it is to be hidden. */
  #kept: Buffer = Buffer.alloc(0)
  #covered: Uint8Array = new Uint8Array(0)
  #plain = 0
  #base64 = 0
  /** The last byte that was passed on was a hidden one: those that follow it belong to the same stretch. */
  #inside = false

  constructor(hidden: Hidden) {
    this.#hidden = hidden
  }

  push(chunk: Uint8Array): Buffer {
    const { plain, base64 } = this.#hidden
    let at = this.#kept.length
    const bytes = (this.#kept = Buffer.concat([this.#kept, chunk]))
    const covered = new Uint8Array(bytes.length)
    covered.set(this.#covered)
    this.#covered = covered
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      this.#plain = plain.step(this.#plain, byte)
      const length = plain.found(this.#plain)
      if (length > 0) covered.fill(1, at + 1 - length, at + 1)
      const broken = byte === lineFeed || byte === carriageReturn
      if (broken && base64.pending(this.#base64) >= shortest) continue
      this.#base64 = base64.step(this.#base64, byte)
      const folded = base64.found(this.#base64)
      if (folded > 0) covered.fill(1, this.#backFrom(at + 1, folded), at + 1)
    }
    const end = bytes.length
    return this.#pass(Math.min(end - plain.pending(this.#plain), this.#backFrom(end, base64.pending(this.#base64))))
  }

  /** Nothing follows: what was kept back is no value. */
  end(): Buffer {
    return this.#pass(this.#kept.length)
  }

  /** Where the last so many bytes before `end` begin, line ends not counted. */
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
      else if (!this.#inside) parts.push(Buffer.from(hidden))
      this.#inside = cover === 1
      at = end
    }
    this.#kept = this.#kept.subarray(until)
    this.#covered = this.#covered.slice(until)
    return Buffer.concat(parts)
  }
}

export class MaskStream extends Transform {
  readonly #mask: Mask

  constructor(hidden: Hidden) {
    super()
    this.#mask = new Mask(hidden)
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    done(null, this.#mask.push(chunk))
  }

  override _flush(done: TransformCallback): void {
    done(null, this.#mask.end())
  }
}
