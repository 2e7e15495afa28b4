import type { Socket } from 'node:net'
import { encodeFrame, FrameFault, FrameReader, type LastWord } from '../../clients/shared/protocol/frames.ts'
import { codeOf, type RefusalCode } from '../vault/refusal.ts'
import type { TokenBucket } from './socket/token-bucket.ts'
import type { Session } from './door.ts'
import type { Limits } from './socket/limits.ts'

interface Parts {
  readonly socket: Socket
  readonly limits: Limits
  readonly allowance: TokenBucket
  /** Of the kind that the first message tells, which the session hears too. @throws Refusal if it is of none */
  readonly begin: (first: unknown, send: (message: unknown) => void) => Session
  readonly ended: () => void
}

const inFlight = 8
/** How long a last word may take to be read. */
const linger = 1_000

/** What still comes is not looked at; that it ends is. */
export function endWith(socket: Socket, code: RefusalCode): void {
  socket.end(encodeFrame({ code } satisfies LastWord))
  setTimeout(() => socket.destroy(), linger).unref()
  socket.resume()
}

/**
 * One connection: messages in, in their order, and out. What its other side sends too fast, or does not read, waits with the system
 * and not here; what it sends wrongly ends it, with one last word.
 */
export class Connection {
  readonly #parts: Parts
  readonly #reader = new FrameReader()
  /** Read and not heard yet: of one piece of the stream, as nothing is read meanwhile. */
  #inbox: unknown[] = []
  #hearing = 0
  #session: Session | null = null
  #open = true
  /** Runs while the next message is waited for. */
  #silence: NodeJS.Timeout | undefined
  /** Runs while the other side does not read. */
  #unread: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    const { socket, limits } = parts
    this.#waitForNext(limits.first)
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('drain', () => this.#drained())
    socket.on('close', () => this.#close())
    socket.resume()
  }

  /** @param code why, for everything that was not answered: the last that is said */
  end(code: RefusalCode): void {
    if (!this.#open) return
    const { socket } = this.#parts
    this.#close()
    endWith(socket, code)
  }

  readonly #send = (message: unknown): void => {
    if (!this.#open) return
    const { socket, limits } = this.#parts
    if (socket.write(encodeFrame(message))) return
    this.#unread ??= setTimeout(() => socket.destroy(), limits.read)
    socket.pause()
  }

  #drained(): void {
    clearTimeout(this.#unread)
    this.#unread = undefined
    this.#work()
  }

  #read(chunk: Buffer): void {
    if (!this.#open) return
    try {
      this.#inbox.push(...this.#reader.push(chunk))
    } catch (error) {
      if (!(error instanceof FrameFault)) throw error
      return this.end('request-invalid')
    }
    this.#work()
  }

  #work(): void {
    const { socket, limits, allowance } = this.#parts
    while (this.#open && this.#inbox.length > 0 && this.#hearing < inFlight && !socket.writableNeedDrain) {
      const message = this.#inbox.shift()
      if (allowance.take()) this.#hear(message)
      else this.end('approval-busy')
    }
    if (!this.#open) return
    if (this.#inbox.length > 0 || socket.writableNeedDrain) socket.pause()
    else socket.resume()
    if (this.#hearing === 0 && this.#session?.brief === true) this.#waitForNext(limits.idle)
  }

  #hear(message: unknown): void {
    let heard: Promise<void>
    try {
      clearTimeout(this.#silence)
      this.#silence = undefined
      this.#session ??= this.#parts.begin(message, this.#send)
      heard = this.#session.hear(message)
    } catch (error) {
      return this.end(codeOf(error))
    }
    this.#hearing += 1
    heard
      .catch((error: unknown) => this.end(codeOf(error)))
      .finally(() => {
        this.#hearing -= 1
        this.#work()
      })
  }

  /** For a whole message: pieces of one do not count, else a byte now and then would hold a connection for ever. */
  #waitForNext(time: number): void {
    this.#silence ??= setTimeout(() => this.end('request-invalid'), time)
  }

  #close(): void {
    if (!this.#open) return
    this.#open = false
    this.#inbox = []
    clearTimeout(this.#silence)
    clearTimeout(this.#unread)
    this.#session?.end()
    this.#parts.ended()
  }
}
