/**
 * A message on the agent's socket is its length (four bytes, little-endian) and that many bytes of JSON in UTF-8. Browsers use the same
 * framing for native messaging, so the host can pass the bytes on unchanged.
 */

/** The maximum size of one message in either direction, in bytes of JSON. A longer one ends the connection before it is read. */
export const frameCap = 64 * 1024

/** The agent's last message, in clear in every kind of connection: why it ends. It answers every open request. */
export interface FinalMessage {
  /** One of the app's refusal codes. */
  readonly code: string
}

/** The other side violates the framing. The next message cannot be found, so the connection has to end. */
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

/** Reassembles messages from the chunks in which they arrive. Buffers at most one incomplete message. */
export class FrameReader {
  #kept: Buffer = Buffer.alloc(0)

  /** @returns the messages that are complete now. @throws FrameFault, after which nothing more can be read */
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
    throw new FrameFault('not-json') // the parser's error would quote the message
  }
}
