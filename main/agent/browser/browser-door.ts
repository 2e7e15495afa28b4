import './web-crypto.ts'
import type { KeyName } from '../../vault/key.ts'
import type { Vault } from '../../vault/vault.ts'
import type { BrowserDoor, Session } from '../door.ts'
import type { Peer } from '../peer.ts'
import { PairingAttempts } from './pairing-attempts.ts'
import { Visit } from './visit.ts'

/** What a person is asked beside the gate's own question. Each rejects with a Refusal. `withdrawn`: the browser is gone. */
export interface BrowserPrompts {
  /** `shown` is called once a person can see the code. */
  pair(asked: {
    readonly browser: string
    readonly code: string
    readonly otherAttempts: number
    readonly withdrawn: AbortSignal
    readonly shown: () => void
  }): Promise<void>
  choose(asked: {
    readonly origin: string
    readonly browser: string
    readonly domain: string | null
    readonly withdrawn: AbortSignal
    readonly keys: { accountId: string; id: string; name: string; account: string; lastFour: string | null }[]
  }): Promise<KeyName & { readonly subdomains: boolean }>
}

export interface BrowserParts {
  readonly vault: Pick<Vault, 'opened'>
  /** Resolves once the vault is open, or is not going to be by itself: a browser may be there before it. */
  readonly settled: () => Promise<void>
  readonly prompts: BrowserPrompts
  /** Milliseconds of a clock that nobody sets; the process's own, unless it is said. */
  readonly elapsed?: () => number
  /** Told what goes wrong, but for refusals. */
  readonly report: (error: unknown) => void
}

/** Where the browsers' extensions come in. */
export class ExtensionDoor implements BrowserDoor {
  readonly #parts: BrowserParts
  /** The latest session of each pairing. */
  readonly #latest = new Map<string, Visit>()
  readonly #attempts: PairingAttempts

  constructor(parts: BrowserParts) {
    this.#parts = parts
    this.#attempts = new PairingAttempts(parts.elapsed ?? (() => performance.now()))
  }

  open(peer: () => Peer, send: (message: unknown) => void): Session {
    const visit = new Visit({
      ...this.#parts,
      ...{ peer, send, attempts: this.#attempts },
      joined: (pairing) => this.#joined(pairing, visit),
      left: () => this.#left(visit),
    })
    return visit
  }

  /** Ends what goes on with a pairing, once it was dropped. */
  endSessions(pairing: string): void {
    this.#latest.get(pairing)?.end()
  }

  /** A pairing has one session. Of a key that was copied, one of the two holders notices. */
  #joined(pairing: string, visit: Visit): void {
    const before = this.#latest.get(pairing)
    this.#latest.set(pairing, visit)
    before?.end()
  }

  #left(visit: Visit): void {
    for (const [pairing, latest] of this.#latest) if (latest === visit) this.#latest.delete(pairing)
  }
}
