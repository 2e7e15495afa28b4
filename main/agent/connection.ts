import type { Socket } from 'node:net'
import { encodeFrame, FrameFault, FrameReader, type FinalMessage } from '../../clients/shared/protocol/frames.ts'
import { codeOf, type RefusalCode } from '../vault/refusal.ts'
import type { TokenBucket } from './socket/token-bucket.ts'
import type { Session } from './session.ts'
import type { Limits } from './socket/limits.ts'

interface Parts {
  readonly socket: Socket
  readonly limits: Limits
  readonly messageRate: TokenBucket
  /** Opens the session of the kind that the first message selects. @throws Refusal for an unknown kind */
  readonly openSession: (first: unknown, send: (message: unknown) => void) => Session
  readonly ended: () => void
}

const maxInFlight = 8
/** How long the other side may take to read the last message. */
const lingerMs = 1_000

/** Sends a last message with the code, and closes the socket. Further input is discarded. */
export function endWithCode(socket: Socket, code: RefusalCode): void {
  socket.end(encodeFrame({ code } satisfies FinalMessage))
  setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.resume()
}

/**
 * One connection: reads and writes messages in order. If the other side sends too fast or does not read, the socket is paused, so that data
 * waits in the system and not in our memory. An invalid message ends the connection with a last message.
 */
export class Connection {
  readonly #parts: Parts
  readonly #reader = new FrameReader()
  /** Messages that were read and not handled yet. All are of one chunk, because the socket is paused meanwhile. */
  #inbox: unknown[] = []
  #inFlight = 0
  #session: Session | null = null
  #open = true
  /** Runs while the connection waits for the next message. */
  #idleTimer: NodeJS.Timeout | undefined
  /** Runs while the other side does not read. */
  #writeTimer: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    const { socket, limits } = parts
    this.#waitForNext(limits.firstMessageMs)
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('drain', () => this.#drained())
    socket.on('close', () => this.#close())
    socket.resume()
  }

  /** @param code sent in the last message, as the reason for everything that was not answered */
  end(code: RefusalCode): void {
    if (!this.#open) return
    const { socket } = this.#parts
    this.#close()
    endWithCode(socket, code)
  }

  readonly #send = (message: unknown): void => {
    if (!this.#open) return
    const { socket, limits } = this.#parts
    if (socket.write(encodeFrame(message))) return
    this.#writeTimer ??= setTimeout(() => socket.destroy(), limits.writeTimeoutMs)
    socket.pause()
  }

  #drained(): void {
    clearTimeout(this.#writeTimer)
    this.#writeTimer = undefined
    this.#handleNext()
  }

  #read(chunk: Buffer): void {
    if (!this.#open) return
    try {
      this.#inbox.push(...this.#reader.push(chunk))
    } catch (error) {
      if (!(error instanceof FrameFault)) throw error
      return this.end('request-invalid')
    }
    this.#handleNext()
  }

  #handleNext(): void {
    const { socket, limits, messageRate } = this.#parts
    while (this.#open && this.#inbox.length > 0 && this.#inFlight < maxInFlight && !socket.writableNeedDrain) {
      const message = this.#inbox.shift()
      if (messageRate.take()) this.#handle(message)
      else this.end('approval-busy')
    }
    if (!this.#open) return
    if (this.#inbox.length > 0 || socket.writableNeedDrain) socket.pause()
    else socket.resume()
    if (this.#inFlight === 0 && this.#session?.endsWhenIdle === true) this.#waitForNext(limits.idleMs)
  }

  #handle(message: unknown): void {
    let handled: Promise<void>
    try {
      clearTimeout(this.#idleTimer)
      this.#idleTimer = undefined
      this.#session ??= this.#parts.openSession(message, this.#send)
      handled = this.#session.handle(message)
    } catch (error) {
      return this.end(codeOf(error))
    }
    this.#inFlight += 1
    handled
      .catch((error: unknown) => this.end(codeOf(error)))
      .finally(() => {
        this.#inFlight -= 1
        this.#handleNext()
      })
  }

  /** Waits for a whole message: if partial data counted, a byte now and then would keep a connection open for ever. */
  #waitForNext(time: number): void {
    this.#idleTimer ??= setTimeout(() => this.end('request-invalid'), time)
  }

  #close(): void {
    if (!this.#open) return
    this.#open = false
    this.#inbox = []
    clearTimeout(this.#idleTimer)
    clearTimeout(this.#writeTimer)
    this.#session?.end()
    this.#parts.ended()
  }
}
