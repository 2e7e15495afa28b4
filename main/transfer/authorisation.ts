import type { KeyRef } from '../vault/model/key.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Secret } from '../vault/secret.ts'

/** Milliseconds before a name that was typed is taken: nobody exports in passing, on a computer that was left for a moment. */
const waits = 5_000
/** And after which it has to be asked for anew. */
const holds = 5 * 60 * 1000

export type Proof = { readonly by: 'passphrase'; readonly passphrase: Secret } | { readonly by: 'name'; readonly name: string }
export type Asked = { readonly by: 'passphrase' } | { readonly by: 'name'; readonly name: string; readonly readyAt: number }

export interface AuthorisationParts {
  readonly clock: () => number
  readonly hasPassphrase: () => boolean
  /** @throws Refusal `passphrase-wrong`, `passphrase-wait` */
  readonly prove: (passphrase: Secret) => Promise<void>
}

/**
 * That it is the vault's person who asks for values in clear: by the passphrase where the keychain has one, else by the name of the
 * account, typed after a wait. The second proves less, and is the most there is: the system's keychain is open. It holds for the values that
 * were told of, whichever account is current by then.
 */
export class Authorisation {
  readonly #parts: AuthorisationParts
  #begun: { readonly asked: Asked; readonly keys: readonly KeyRef[] } | null = null

  constructor(parts: AuthorisationParts) {
    this.#parts = parts
  }

  begin(name: string, keys: readonly KeyRef[]): Asked {
    const { clock, hasPassphrase } = this.#parts
    const asked: Asked = hasPassphrase() ? { by: 'passphrase' } : { by: 'name', name, readyAt: clock() + waits }
    this.#begun = { asked, keys }
    return asked
  }

  /**
   * Good for one export.
   * @returns the keys whose values it is for
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`; `name-mismatch`, `export-too-soon`; `choice-expired`
   */
  async check(proof: Proof): Promise<readonly KeyRef[]> {
    if (this.#begun === null) throw new Refusal('choice-expired')
    const { asked, keys } = this.#begun
    if (asked.by !== proof.by) throw new Refusal('choice-expired')
    if (proof.by === 'passphrase') {
      if (!this.#parts.hasPassphrase()) throw new Refusal('choice-expired')
      await this.#parts.prove(proof.passphrase)
    } else if (asked.by === 'name') {
      const now = this.#parts.clock()
      if (this.#parts.hasPassphrase() || now > asked.readyAt + holds) throw new Refusal('choice-expired')
      if (now < asked.readyAt) throw new Refusal('export-too-soon')
      if (proof.name.trim() !== asked.name) throw new Refusal('name-mismatch')
    }
    this.#begun = null
    return keys
  }

  forget(): void {
    this.#begun = null
  }
}
