/**
 * A message on the agent's socket is its length, four bytes in little-endian order, and that many bytes of JSON in UTF-8. Browsers
 * frame the messages of a native messaging host in the same way, so that a host can pass the bytes on as they come.
 */

/** The most bytes of JSON in one message, in either direction. A longer one ends the connection before it is read. */
export const frameCap = 64 * 1024

/** The agent's last message, in clear in every kind of connection: why it ends, for all that was asked and not answered. */
export interface LastWord {
  /** One of the app's refusal codes. */
  readonly code: string
}

/** The other side does not keep to the framing: there is no next message to be found, so the connection has to end. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault'

  constructor(readonly code: 'too-large' | 'not-json') {
    super(code)
  }
}

/** @throws FrameFault `too-large` */
export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8')
  if (body.length > frameCap) throw new FrameFault('too-large')
  const head = Buffer.alloc(4)
  head.writeUInt32LE(body.length)
  return Buffer.concat([head, body])
}

/** Puts messages together again from the pieces in which they arrive. Holds at most one message that is not whole yet. */
export class FrameReader {
  #kept: Buffer = Buffer.alloc(0)

  /** @returns the messages that are whole now. @throws FrameFault, after which nothing more can be read */
  push(chunk: Uint8Array): unknown[] {
    this.#kept = Buffer.concat([this.#kept, chunk])
    const messages: unknown[] = []
    while (this.#kept.length >= 4) {
      const length = this.#kept.readUInt32LE(0)
      if (length > frameCap) throw new FrameFault('too-large')
      if (this.#kept.length < 4 + length) break
      messages.push(parse(this.#kept.subarray(4, 4 + length)))
      this.#kept = Buffer.from(this.#kept.subarray(4 + length))
    }
    return messages
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    throw new FrameFault('not-json') // the reason would quote the message
  }
}
