import { connect, type Socket } from 'node:net'
import type { CommandName } from '../../../clients/protocol/command.ts'
import { awaited } from '../../awaited.ts'
import { encodeFrame, FrameReader } from '../../../clients/protocol/frames.ts'

export const hello = { kind: 'command', version: 1 }

/** A connection to an agent, by hand: what is said need not make sense. */
export class Line {
  readonly socket: Socket
  readonly #reader = new FrameReader()
  readonly #heard: unknown[] = []
  readonly #waiting: ((message: unknown) => void)[] = []
  #asked = 0
  /** Resolves when the other side has ended it. */
  readonly closed: Promise<void>

  constructor(path: string) {
    this.socket = connect(path)
    this.socket.on('error', () => this.socket.destroy())
    this.socket.on('data', (chunk) => this.#reader.push(chunk).forEach((message) => this.#take(message)))
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()))
    void this.closed.then(() => this.#waiting.splice(0).forEach((tell) => tell(ended)))
  }

  /** One that has said what a command says first. */
  static ofCommand(path: string): Line {
    const line = new Line(path)
    line.say(hello)
    return line
  }

  say(message: unknown): void {
    this.socket.write(encodeFrame(message))
  }

  /** @returns the next message; `ended` if there comes none any more */
  next(): Promise<unknown> {
    if (this.#heard.length > 0) return Promise.resolve(this.#heard.shift())
    if (this.socket.closed) return Promise.resolve(ended)
    return awaited(new Promise((resolve) => this.#waiting.push(resolve)), 'a message of the agent')
  }

  /** @returns what comes until it has ended */
  async rest(): Promise<unknown[]> {
    const all: unknown[] = []
    for (let message = await this.next(); message !== ended; message = await this.next()) all.push(message)
    return all
  }

  /** Asks as a command does. @returns the answer, or what else comes in its place */
  ask(call: CommandName, input: unknown = null): Promise<unknown> {
    this.#asked += 1
    this.say({ id: this.#asked, call, input })
    return this.next()
  }

  leave(): void {
    this.socket.destroy()
  }

  #take(message: unknown): void {
    const tell = this.#waiting.shift()
    if (tell === undefined) this.#heard.push(message)
    else tell(message)
  }
}

const ended = 'ended'
