import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { encodeFrame, FrameReader } from '../../clients/shared/protocol/frames.ts'

/** How to reach the agent: by its socket, or by a native messaging host, as browsers do. */
export interface Wire {
  readonly into: Writable
  readonly from: Readable
  readonly cut: () => void
  /** Resolves when the other side has ended the connection. */
  readonly closed: Promise<void>
}

export function bySocket(path: string): Wire {
  const socket = connect(path)
  socket.on('error', () => socket.destroy())
  return {
    into: socket,
    from: socket,
    cut: () => socket.destroy(),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  }
}

/** Started as Chromium starts it. */
export function byHost(program: string, env: NodeJS.ProcessEnv): Wire {
  const child: ChildProcess & { stdin: Writable; stdout: Readable } = spawn(program, ['chrome-extension://fuzz/'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.on('error', () => child.stdin.destroy()) // the host has ended, which `close` reports
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return { into: child.stdin, from: child.stdout, cut: () => void child.kill('SIGKILL'), closed }
}

/** One connection to the agent. All bytes that it receives are passed to `seen`. */
export class Client {
  readonly #wire: Wire
  readonly #reader = new FrameReader()
  onMessage: (message: unknown) => void = () => undefined

  constructor(wire: Wire, seen: (bytes: Buffer) => void) {
    this.#wire = wire
    wire.from.on('data', (chunk: Buffer) => {
      seen(chunk)
      for (const message of this.#reader.push(chunk)) this.onMessage(message)
    })
  }

  send(bytes: Buffer): void {
    if (this.#wire.into.writable) this.#wire.into.write(bytes)
  }

  say(message: unknown): void {
    this.send(encodeFrame(message))
  }

  /** Waits until the agent ends the connection. Ends it itself after a time that is longer than any operation. */
  async over(patience: number): Promise<void> {
    const timer = setTimeout(this.#wire.cut, patience)
    await this.#wire.closed
    clearTimeout(timer)
  }
}
