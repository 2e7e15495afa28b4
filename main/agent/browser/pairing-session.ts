import { type Bytes, encode } from '../../../clients/shared/secure-session/bytes.ts'
import { comparisonCode, commitmentTo, newNonce, openCommitment } from '../../../clients/shared/secure-session/comparison.ts'
import { importPublic, type Key, type KeyPair, newKeyPair, publicText } from '../../../clients/shared/secure-session/keys.ts'
import { type OpeningStep, type ReplyStep, version } from '../../../clients/shared/secure-session/opening.ts'
import { SessionFault } from '../../../clients/shared/secure-session/session-fault.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { addPairing } from '../../vault/release/pairings.ts'
import { requireWritable } from '../../vault/session/read-only.ts'
import { Refusal } from '../../vault/refusal.ts'
import { keyPairToSecret } from './stored-key-pair.ts'
import type { PairingAttempt, PairingAttempts } from './pairing-attempts.ts'

/** The state of one pairing: keys, nonces, and which sides have confirmed. */
export class PairingSession {
  readonly #vault: UnlockedVault
  readonly #pair: OpeningStep<'pair'>
  readonly #theirs: Key
  readonly #ours: KeyPair
  readonly #nonce: Bytes = newNonce()
  readonly #attempt: PairingAttempt
  #confirmed = { here: false, there: false }

  private constructor(vault: UnlockedVault, pair: OpeningStep<'pair'>, attempt: PairingAttempt, theirs: Key, ours: KeyPair) {
    this.#vault = vault
    this.#pair = pair
    this.#attempt = attempt
    this.#theirs = theirs
    this.#ours = ours
  }

  /**
   * Begins a pairing with a new key pair of ours.
   * @param attempts the pairing counts there until it is confirmed
   * @throws Refusal `read-only` if the pairing could not be saved, `pairing-attempts`; SessionFault
   */
  static async begin(vault: UnlockedVault, pair: OpeningStep<'pair'>, attempts: PairingAttempts): Promise<PairingSession> {
    requireWritable(vault)
    const [theirs, ours] = [await importPublic(pair.key), await newKeyPair(true)]
    return new PairingSession(vault, pair, attempts.begin(), theirs, ours)
  }

  /** Sends only a commitment to our nonce: with the nonce, a program could compute and try codes before a person sees one. */
  async offer(): Promise<ReplyStep<'offer'>> {
    const { publicKey } = this.#ours
    const commitment = await commitmentTo('app', publicKey, this.#nonce)
    return { kind: 'browser', version, step: 'offer', key: await publicText(publicKey), commitment }
  }

  /** The message that reveals our nonce. It must not be sent before a person can see the code. */
  revealed(): ReplyStep<'revealed'> {
    return { kind: 'browser', version, step: 'revealed', nonce: encode(this.#nonce) }
  }

  /** How many other pairings were begun recently and not confirmed. */
  get otherAttempts(): number {
    return this.#attempt.others()
  }

  /** @returns the code to compare. @throws SessionFault `unproven` if the nonce does not match the commitment */
  async reveal({ nonce }: OpeningStep<'reveal'>): Promise<string> {
    const theirNonce = await openCommitment('extension', this.#pair.commitment, this.#theirs, nonce)
    return comparisonCode({
      ...{ extensionKey: this.#theirs, appKey: this.#ours.publicKey },
      ...{ extensionNonce: theirNonce, appNonce: this.#nonce },
    })
  }

  /** @returns the message to send once the person has confirmed on both sides and the pairing is saved; null before */
  async confirm(side: 'here' | 'there', browser: string): Promise<ReplyStep<'paired'> | null> {
    if (this.#confirmed[side]) throw new SessionFault('out-of-turn')
    this.#confirmed = { ...this.#confirmed, [side]: true }
    if (!this.#confirmed.here || !this.#confirmed.there) return null
    const ourKey = await keyPairToSecret(this.#ours)
    if (!this.#vault.isOpen()) throw new Refusal('locked')
    const { id } = addPairing(this.#vault, { browser, theirKey: this.#pair.key, ourKey })
    this.#attempt.confirmed()
    return { kind: 'browser', version, step: 'paired', pairing: id }
  }
}
