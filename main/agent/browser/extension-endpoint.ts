import './web-crypto.ts'
import type { BrowserEndpoint, Session } from '../session.ts'
import type { Peer } from '../peer/peer.ts'
import type { BrowserParts } from './browser-parts.ts'
import { PairingAttempts } from './pairing-attempts.ts'
import { ExtensionConnection } from './extension-connection.ts'

/** Where the browsers' extensions come in. */
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
    const visit = new ExtensionConnection({
      ...this.#parts,
      ...{ peer, send, attempts: this.#attempts },
      sessionOpened: (pairing) => this.#sessionOpened(pairing, visit),
      ended: () => this.#connectionEnded(visit),
    })
    return visit
  }

  /** Ends what goes on with a pairing, once it was dropped. */
  endSessions(pairing: string): void {
    this.#latest.get(pairing)?.end()
  }

  /** A pairing has one session. Of a key that was copied, one of the two holders notices. */
  #sessionOpened(pairing: string, visit: ExtensionConnection): void {
    const before = this.#latest.get(pairing)
    this.#latest.set(pairing, visit)
    before?.end()
  }

  #connectionEnded(visit: ExtensionConnection): void {
    for (const [pairing, latest] of this.#latest) if (latest === visit) this.#latest.delete(pairing)
  }
}
