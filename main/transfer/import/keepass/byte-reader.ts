import { Refusal } from '../../../vault/refusal.ts'

/** Reads bytes from the first to the last. Every method throws Refusal `import-invalid` at the end of the file. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get at(): number {
    return this.#at
  }

  uint8(): number {
    return this.bytes(1).readUInt8()
  }

  uint16(): number {
    return this.bytes(2).readUInt16LE()
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE()
  }

  /** Not a copy. */
  bytes(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new Refusal('import-invalid')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}
