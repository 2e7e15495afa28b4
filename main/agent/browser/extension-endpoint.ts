import './web-crypto.ts'
import type { BrowserEndpoint, Session } from '../session.ts'
import type { Peer } from '../peer/peer.ts'
import type { BrowserParts } from './browser-parts.ts'
import { PairingAttempts } from './pairing-attempts.ts'
import { ExtensionConnection } from './extension-connection.ts'

/** Accepts the connections of browsers' extensions. */
export class ExtensionEndpoint implements BrowserEndpoint {
  readonly #parts: BrowserParts
  /** The latest session of each pairing. */
  readonly #latest = new Map<string, ExtensionConnection>()
  readonly #attempts: PairingAttempts

  constructor(parts: BrowserParts) {
    this.#parts = parts
    this.#attempts = new PairingAttempts(parts.elapsed ?? (() => performance.now()))
  }

  open(peer: () => Peer, send: (message: unknown) => void): Session {
    const connection = new ExtensionConnection({
      ...this.#parts,
      ...{ peer, send, attempts: this.#attempts },
      sessionOpened: (pairing) => this.#sessionOpened(pairing, connection),
      ended: () => this.#connectionEnded(connection),
    })
    return connection
  }

  /** Ends the session of a pairing that was removed. */
  endSessions(pairing: string): void {
    this.#latest.get(pairing)?.end()
  }

  /** A pairing has one session at a time, so that if its key was copied, one of the two holders is disconnected and notices. */
  #sessionOpened(pairing: string, connection: ExtensionConnection): void {
    const before = this.#latest.get(pairing)
    this.#latest.set(pairing, connection)
    before?.end()
  }

  #connectionEnded(connection: ExtensionConnection): void {
    for (const [pairing, latest] of this.#latest) if (latest === connection) this.#latest.delete(pairing)
  }
}
