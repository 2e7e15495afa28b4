import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A D-Bus that takes connections and never answers, as one whose daemon hangs. */
export class SilentBus {
  /** What `DBUS_SESSION_BUS_ADDRESS` has to be. */
  readonly address: string
  /** Connections that were made, and those of them that were closed by who made them. */
  readonly made: Socket[] = []
  closed = 0
  readonly #end: () => void

  private constructor(path: string, end: () => void) {
    this.address = `unix:path=${path}`
    this.#end = end
  }

  static async start(): Promise<SilentBus> {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-silent-'))
    const server = createServer({ allowHalfOpen: false })
    const bus = new SilentBus(join(folder, 'bus'), () => {
      for (const socket of bus.made) socket.destroy()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    })
    server.on('connection', (socket) => {
      bus.made.push(socket)
      socket.on('error', () => {})
      socket.on('close', () => (bus.closed += 1))
      socket.resume()
    })
    server.listen(join(folder, 'bus'))
    await once(server, 'listening')
    return bus
  }

  end(): void {
    this.#end()
  }
}
