import type { Peer } from './peer/peer.ts'

/** One connection's conversation, once its first message told of which kind it is. */
export interface Session {
  /**
   * Takes the next message, the first one included. Called in order and without waiting for the message before; of those that have not
   * ended yet there are never more than a handful. A rejection ends the connection, whose other side is told the code.
   */
  handle(message: unknown): Promise<void>
  /** While it is true, the connection ends by itself when nothing was asked for a while. */
  readonly endsWhenIdle: boolean
  /** The connection has ended, or the vault was locked: nothing may be sent any more. Called once. */
  end(): void
}

/** Where browsers come in: what is said to and by an extension, through its native messaging host. */
export interface BrowserEndpoint {
  /**
   * @param peer who is at the other end, looked at again; throws a Refusal if that is not who connected any more
   * @param send one message; more than `frameCap` bytes of JSON is refused by throwing `FrameFault`
   */
  open(peer: () => Peer, send: (message: unknown) => void): Session
}
