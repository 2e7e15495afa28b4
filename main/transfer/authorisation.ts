import type { KeyRef } from '../vault/model/key.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Secret } from '../vault/secret.ts'

/**
 * How long a person has to wait before the typed name is accepted: against a quick export on a computer that was left alone for a moment.
 */
const typedNameDelayMs = 5_000
/** After this time an authorisation has to be begun again. */
const authorisationTtlMs = 5 * 60 * 1000

export type Proof = { readonly by: 'passphrase'; readonly passphrase: Secret } | { readonly by: 'name'; readonly name: string }
export type Challenge = { readonly by: 'passphrase' } | { readonly by: 'name'; readonly name: string; readonly readyAt: number }

export interface AuthorisationParts {
  readonly clock: () => number
  readonly hasPassphrase: () => boolean
  /** @throws Refusal `passphrase-wrong`, `passphrase-wait` */
  readonly provePassphrase: (passphrase: Secret) => Promise<void>
}

/**
 * Makes sure that it is the vault's owner who asks for values in clear: by the passphrase if the keychain has one, otherwise by the name of
 * the account, typed after a wait. The typed name proves less, but a keychain without a passphrase has no secret to ask for. An
 * authorisation is for the keys that were shown, even if another account is current by then.
 */
export class Authorisation {
  readonly #parts: AuthorisationParts
  #begun: { readonly challenge: Challenge; readonly keys: readonly KeyRef[] } | null = null

  constructor(parts: AuthorisationParts) {
    this.#parts = parts
  }

  begin(name: string, keys: readonly KeyRef[]): Challenge {
    const { clock, hasPassphrase } = this.#parts
    const challenge: Challenge = hasPassphrase() ? { by: 'passphrase' } : { by: 'name', name, readyAt: clock() + typedNameDelayMs }
    this.#begun = { challenge, keys }
    return challenge
  }

  /**
   * Checks the proof. An authorisation can be used once.
   * @returns the keys that may be exported
   * @throws Refusal `passphrase-wrong`, `passphrase-wait`; `name-mismatch`, `export-too-soon`; `choice-expired`
   */
  async check(proof: Proof): Promise<readonly KeyRef[]> {
    if (this.#begun === null) throw new Refusal('choice-expired')
    const { challenge, keys } = this.#begun
    if (challenge.by !== proof.by) throw new Refusal('choice-expired')
    if (proof.by === 'passphrase') {
      if (!this.#parts.hasPassphrase()) throw new Refusal('choice-expired')
      await this.#parts.provePassphrase(proof.passphrase)
    } else if (challenge.by === 'name') {
      const now = this.#parts.clock()
      if (this.#parts.hasPassphrase() || now > challenge.readyAt + authorisationTtlMs) throw new Refusal('choice-expired')
      if (now < challenge.readyAt) throw new Refusal('export-too-soon')
      if (proof.name.trim() !== challenge.name) throw new Refusal('name-mismatch')
    }
    this.#begun = null
    return keys
  }

  forget(): void {
    this.#begun = null
  }
}
