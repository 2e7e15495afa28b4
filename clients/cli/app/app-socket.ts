import { AppUnreachable } from '../../app-connection/app-unreachable.ts'
import { systemCode } from '../../../shared/system-error.ts'

/** Who gets what the app sends. */
interface Listener {
  data(chunk: Uint8Array): void
  /** The connection has ended, on whichever side. */
  ended(): void
}

/** A connection to the app by the runtime's own sockets: to load Node's takes longer than the rest of a call. */
export class AppSocket {
  readonly #socket: Bun.Socket
  readonly #events: SocketEvents

  constructor(socket: Bun.Socket, events: SocketEvents) {
    this.#socket = socket
    this.#events = events
  }

  /** To be called once. Nothing arrives before something was written. */
  listen(listener: Listener): void {
    this.#events.listen(listener)
  }

  write(bytes: Uint8Array): void {
    this.#events.write(this.#socket, bytes)
  }

  destroy(): void {
    this.#socket.terminate()
  }
}

/** Connects to a socket. See `OpenSocket`. */
export async function openAppSocket(path: string): Promise<AppSocket | null> {
  const events = new SocketEvents()
  try {
    return new AppSocket(await Bun.connect({ unix: path, socket: events }), events)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return null
    throw new AppUnreachable('not-reachable')
  }
}

/** What the runtime calls. */
class SocketEvents implements Bun.SocketHandler {
  #listener: Listener | null = null
  #hasEnded = false
  /** What the system did not take yet. */
  #rest: Uint8Array = new Uint8Array(0)

  listen(listener: Listener): void {
    this.#listener = listener
    if (this.#hasEnded) listener.ended()
  }

  write(socket: Bun.Socket, bytes: Uint8Array): void {
    this.#rest = bytes.subarray(Math.max(0, socket.write(bytes)))
  }

  readonly data = (_socket: Bun.Socket, chunk: Uint8Array): void => this.#listener?.data(chunk)

  readonly drain = (socket: Bun.Socket): void => {
    if (this.#rest.length > 0) this.write(socket, this.#rest)
  }

  readonly close = (): void => {
    this.#hasEnded = true
    this.#listener?.ended()
  }

  readonly error = (): void => this.close()
}
