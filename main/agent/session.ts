import type { Peer } from './peer/peer.ts'

/** The session of one connection. The connection's first message selects its kind. */
export interface Session {
  /**
   * Handles the next message, including the first. Called in order, without waiting for the messages before; the connection limits how many
   * are in flight. A rejection ends the connection, and the other side gets its code.
   */
  handle(message: unknown): Promise<void>
  /** While true, an idle connection is closed. */
  readonly endsWhenIdle: boolean
  /** Called once, when the connection has ended or the vault was locked: nothing may be sent any more. */
  end(): void
}

/** Opens sessions with browsers' extensions, which connect through the native messaging host. */
export interface BrowserEndpoint {
  /**
   * @param peer identifies the process at the other end again; throws a Refusal if it is no longer the one that connected
   * @param send sends one message; throws `FrameFault` for more than `frameCap` bytes of JSON
   */
  open(peer: () => Peer, send: (message: unknown) => void): Session
}
