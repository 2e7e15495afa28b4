import type { RequiredValues } from './required-values.ts'
import { referencesIn } from './reference.ts'

/** A text with references in it. Everything else stays as it is, byte for byte, in any encoding. */
export class Template {
  /** One character per byte (latin1): references are ASCII, and the rest is not interpreted. */
  readonly #text: string
  readonly #found

  /** @param place formats a line number for errors. @throws Fault */
  constructor(bytes: Buffer, place: (line: number) => string, wanted: RequiredValues) {
    this.#text = bytes.toString('latin1')
    this.#found = referencesIn(this.#text, place)
    for (const { reference, line } of this.#found) wanted.add(reference, place(line))
  }

  filled(wanted: RequiredValues): Buffer {
    const parts: Buffer[] = []
    let end = 0
    for (const found of this.#found) {
      parts.push(Buffer.from(this.#text.slice(end, found.start), 'latin1'), Buffer.from(wanted.valueOf(found.reference), 'utf8'))
      end = found.end
    }
    return Buffer.concat([...parts, Buffer.from(this.#text.slice(end), 'latin1')])
  }
}
