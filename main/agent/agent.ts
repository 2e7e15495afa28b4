import { createServer, type Socket } from 'node:net'
import * as v from 'valibot'
import { codeOf, Refusal, type RefusalCode } from '../vault/refusal.ts'
import { TokenBucket } from './socket/token-bucket.ts'
import { commandCalls, type CommandParts } from './command/command-calls.ts'
import { commandHello } from './command/command-schemas.ts'
import { type CommandHandlers, CommandSession } from './command/command-session.ts'
import { Connection, endWithCode } from './connection.ts'
import type { BrowserEndpoint, Session } from './session.ts'
import { PeerProcess } from './peer/peer-process.ts'
import type { Kernel } from './peer/kernel.ts'
import { openKernel } from './peer/open-kernel.ts'
import { limits, type Limits } from './socket/limits.ts'
import type { Peer } from './peer/peer.ts'
import { requesterOf } from './peer/requester.ts'
import { AgentFault, listenPrivately } from './socket/socket.ts'

export interface AgentParts extends CommandParts {
  /** Where to listen, by `socketPath`. */
  readonly path: string
  /** The path of our own command, which may be missing. It asks on behalf of the program that started it. */
  readonly command: string
  readonly browser: BrowserEndpoint
  /** Called with errors that are no refusals. */
  readonly report: (error: unknown) => void
  /** For tests; the usual ones by default. */
  readonly limits?: Limits
}

/**
 * Answers this user's other programs: the `latchkey` command, and browsers through the native messaging host. No other user can connect.
 * The release gate identifies each program by what the system says of its process.
 */
export class Agent {
  readonly #parts: AgentParts
  readonly #calls: CommandHandlers
  readonly #server = createServer({ pauseOnConnect: true }, (socket) => void this.#receive(socket))
  readonly #connections = new Set<Connection>()
  readonly #limits: Limits
  readonly #connectionRate: TokenBucket
  #kernel: Promise<Kernel> | null = null
  #unreachable: RefusalCode | null = null

  constructor(parts: AgentParts) {
    this.#parts = parts
    this.#calls = commandCalls(parts)
    this.#limits = parts.limits ?? limits
    this.#connectionRate = new TokenBucket(this.#limits.arrivals, elapsed)
  }

  /** Why no program can reach this app: `agent-blocked`, `agent-unsupported`; null while it listens. */
  get unreachable(): RefusalCode | null {
    return this.#unreachable
  }

  /** @throws AgentFault with the reason why no program can reach this app. The app works without it */
  async listen(): Promise<void> {
    try {
      if (process.platform === 'win32') throw new AgentFault('no-peers')
      await listenPrivately(this.#server, this.#parts.path)
      this.#server.on('error', this.#parts.report)
    } catch (error) {
      this.#unreachable = process.platform === 'win32' ? 'agent-unsupported' : 'agent-blocked'
      throw error
    }
  }

  /** To be called when the vault was locked. Pending requests end with `locked`; new ones are answered that the vault is locked. */
  dropSessions(): void {
    for (const connection of this.#connections) connection.end('locked')
  }

  /** Removes the socket, and ends every connection. */
  close(): void {
    this.#server.close()
    this.dropSessions()
  }

  async #receive(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy()) // the other side is gone
    try {
      const kernel = await (this.#kernel ??= openKernel(process.platform))
      if (this.#connections.size >= this.#limits.connections || !this.#connectionRate.take()) throw new Refusal('approval-busy')
      this.#accept(socket, new PeerProcess(kernel, socket, this.#parts.command, process.getuid?.() ?? -1))
    } catch (error) {
      if (!(error instanceof Refusal)) this.#parts.report(error)
      endWithCode(socket, codeOf(error))
    }
  }

  #accept(socket: Socket, process: PeerProcess): void {
    const connection = new Connection({
      socket,
      limits: this.#limits,
      messageRate: new TokenBucket(this.#limits.messages, elapsed),
      openSession: (first, send) => this.#openSession(process, first, send),
      ended: () => {
        this.#connections.delete(connection)
        process.release()
      },
    })
    this.#connections.add(connection)
  }

  #openSession(process: PeerProcess, first: unknown, send: (message: unknown) => void): Session {
    const peer = (): Peer => (process.requireUnchanged(), process.peer)
    if (v.is(commandHello, first)) return new CommandSession(this.#calls, () => requesterOf(peer(), process.seen), send)
    if (isBrowserOpening(first)) return this.#parts.browser.open(peer, send)
    throw new Refusal('request-invalid')
  }
}

function elapsed(): number {
  return performance.now()
}

/** The endpoint parses the opening itself. */
function isBrowserOpening(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'browser'
}
