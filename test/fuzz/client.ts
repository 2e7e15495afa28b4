import { connect, type Socket } from 'node:net'
import { encodeFrame, FrameReader } from '../../clients/protocol/frames.ts'

/** One connection to the agent. Everything that comes back is handed to `seen`, as the bytes that it is. */
export class Client {
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #closed: Promise<unknown>
  onMessage: (message: unknown) => void = () => undefined

  constructor(path: string, seen: (bytes: Buffer) => void) {
    this.#socket = connect(path)
    this.#socket.on('error', () => this.#socket.destroy())
    this.#socket.on('data', (chunk) => {
      seen(chunk)
      for (const message of this.#reader.push(chunk)) this.onMessage(message)
    })
    this.#closed = new Promise((resolve) => this.#socket.once('close', resolve))
  }

  send(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  say(message: unknown): void {
    this.send(encodeFrame(message))
  }

  /** Waits until the agent ends it, and ends it when that takes longer than anything there is to do. @returns whether the agent did */
  async over(patience: number): Promise<boolean> {
    let ended = true
    const timer = setTimeout(() => {
      ended = false
      this.#socket.destroy()
    }, patience)
    await this.#closed
    clearTimeout(timer)
    return ended
  }
}
