import { type Bytes, encode } from '../../../clients/session/bytes.ts'
import { codeOf, newNonce, openCommitment } from '../../../clients/session/comparison.ts'
import { importPublic, type Key, type KeyPair, newKeyPair, publicText } from '../../../clients/session/keys.ts'
import { type OpeningStep, type ReplyStep, version } from '../../../clients/session/opening.ts'
import { SessionFault } from '../../../clients/session/session-fault.ts'
import type { Opened } from '../../vault/opened.ts'
import { addPairing } from '../../vault/pairings.ts'
import { requireWritable } from '../../vault/read-only.ts'
import { Refusal } from '../../vault/refusal.ts'
import { toSecret } from './kept-pair.ts'

/** One pairing under way: what was said so far, and who has confirmed. */
export class PairingTalk {
  readonly #opened: Opened
  readonly #pair: OpeningStep<'pair'>
  readonly #theirs: Key
  readonly #ours: KeyPair
  readonly #nonce: Bytes = newNonce()
  #confirmed = { here: false, there: false }

  private constructor(opened: Opened, pair: OpeningStep<'pair'>, theirs: Key, ours: KeyPair) {
    this.#opened = opened
    this.#pair = pair
    this.#theirs = theirs
    this.#ours = ours
  }

  /** With a key of ours for this pairing alone. @throws Refusal `read-only` if it could not be kept; SessionFault */
  static async begin(opened: Opened, pair: OpeningStep<'pair'>): Promise<PairingTalk> {
    requireWritable(opened)
    return new PairingTalk(opened, pair, await importPublic(pair.key), await newKeyPair(true))
  }

  async offer(): Promise<ReplyStep<'offer'>> {
    return { kind: 'browser', version, step: 'offer', key: await publicText(this.#ours.publicKey), nonce: encode(this.#nonce) }
  }

  /** @returns the code to be compared. @throws SessionFault `unproven` if the commitment was to something else */
  async reveal({ nonce }: OpeningStep<'reveal'>): Promise<string> {
    const theirNonce = await openCommitment(this.#pair.commitment, this.#theirs, nonce)
    return codeOf({
      ...{ extensionKey: this.#theirs, appKey: this.#ours.publicKey },
      ...{ extensionNonce: theirNonce, appNonce: this.#nonce },
    })
  }

  /** @returns what to say once the person has confirmed on both sides, and the pairing is kept; null before */
  async confirm(side: 'here' | 'there', browser: string): Promise<ReplyStep<'paired'> | null> {
    if (this.#confirmed[side]) throw new SessionFault('out-of-turn')
    this.#confirmed = { ...this.#confirmed, [side]: true }
    if (!this.#confirmed.here || !this.#confirmed.there) return null
    const ourKey = await toSecret(this.#ours)
    if (!this.#opened.isOpen()) throw new Refusal('locked')
    const { id } = addPairing(this.#opened, { browser, theirKey: this.#pair.key, ourKey })
    return { kind: 'browser', version, step: 'paired', pairing: id }
  }
}
