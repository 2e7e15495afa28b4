import { answerHandshake } from '../../../clients/shared/secure-session/handshake.ts'
import { importPublic } from '../../../clients/shared/secure-session/keys.ts'
import { type Opening, type OpeningStep, parseOpening, type Reply, version } from '../../../clients/shared/secure-session/opening.ts'
import { SessionFault } from '../../../clients/shared/secure-session/session-fault.ts'
import { SerialQueue } from '../../../shared/serial-queue.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { ourKeyOf, requirePairing, touchPairing } from '../../vault/release/pairings.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Session } from '../session.ts'
import type { Peer } from '../peer/peer.ts'
import { printable } from '../peer/requester.ts'
import type { BrowserParts } from './browser-parts.ts'
import { keyPairFromSecret } from './stored-key-pair.ts'
import type { PairingAttempts } from './pairing-attempts.ts'
import { PairingSession } from './pairing-session.ts'
import { SecureSession } from './secure-session.ts'

export interface ExtensionConnectionParts extends BrowserParts {
  readonly attempts: PairingAttempts
  /**
   * Identifies the process at the other end, at each message and before an approved value is sent; throws if it is not the one that
   * connected.
   */
  readonly peer: () => Peer
  readonly send: (message: unknown) => void
  /** Called when the extension has proved that it has this pairing's key. */
  readonly sessionOpened: (pairing: string) => void
  readonly ended: () => void
}

type Stage =
  | { readonly at: 'start' }
  /** `asked`: the app is about to show the code, and has not said its nonce. `compared`: a person sees it. */
  | { readonly at: 'offered' | 'asked' | 'compared'; readonly talk: PairingSession }
  | { readonly at: 'welcomed'; readonly finish: (join: OpeningStep<'join'>) => Promise<SecureSession> }
  | { readonly at: 'session'; readonly talk: SecureSession }
  | { readonly at: 'end' }

/** The work for a message after it was received. It runs concurrently with receiving the next message. */
type Work = () => Promise<void>
const done: Work = async () => {}

/**
 * One connection of an extension. Messages are received one after the other; waiting for a person does not block the next message. A step
 * out of order, or with a wrong proof, ends the connection.
 */
export class ExtensionConnection implements Session {
  readonly #parts: ExtensionConnectionParts
  readonly #browser: string
  readonly #ended = new AbortController()
  #stage: Stage = { at: 'start' }
  readonly #queue = new SerialQueue()

  constructor(parts: ExtensionConnectionParts) {
    this.#parts = parts
    this.#browser = printable(parts.peer().caller.program)
  }

  /** True until the session is open, because any program could delay that for ever; but false while a person compares codes. */
  get endsWhenIdle(): boolean {
    return this.#stage.at !== 'session' && this.#stage.at !== 'asked' && this.#stage.at !== 'compared'
  }

  async handle(message: unknown): Promise<void> {
    try {
      const work = await this.#queue.runExclusive(() => this.#receive(message))
      await work()
    } catch (error) {
      if (error instanceof SessionFault) throw new Refusal('request-invalid')
      if (!(error instanceof Refusal)) this.#parts.report(error)
      throw error
    }
  }

  end(): void {
    if (this.#stage.at === 'session') this.#stage.talk.end()
    this.#stage = { at: 'end' }
    this.#ended.abort()
    this.#parts.ended()
  }

  async #receive(message: unknown): Promise<Work> {
    if (this.#stage.at === 'end') throw new SessionFault('ended')
    if (this.#stage.at === 'session') return this.#stage.talk.receive(message)
    this.#parts.peer()
    const opening = parseOpening(message)
    // After its `join` the extension accepts no clear message, so a refusal of it ends the connection.
    return opening.step === 'join' ? this.#open(opening) : this.#replyingRefusals(() => this.#open(opening))
  }

  /** Sends a refusal to the extension and returns to the start, so that it may try again after an unlock, or try pairing again. */
  async #replyingRefusals<T>(work: () => Promise<T>): Promise<T | Work> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#enter({ at: 'start' })
      this.#reply({ ...clear, step: 'refused', code: error.code })
      return done
    }
  }

  async #open(opening: Opening): Promise<Work> {
    const stage = this.#stage
    if (stage.at === 'start') await this.#parts.settled()
    if (stage.at === 'start' && opening.step === 'pair') return this.#pair(this.#parts.vault.opened, opening)
    if (stage.at === 'start' && opening.step === 'hello') return this.#hello(this.#parts.vault.opened, opening)
    if (stage.at === 'offered' && opening.step === 'reveal') return this.#reveal(stage.talk, opening)
    if (stage.at === 'compared' && opening.step === 'confirm') return this.#confirm(stage.talk, 'there')
    if (stage.at === 'welcomed' && opening.step === 'join') return this.#join(await stage.finish(opening))
    throw new SessionFault('out-of-turn')
  }

  async #pair(vault: UnlockedVault, pair: OpeningStep<'pair'>): Promise<Work> {
    const talk = await PairingSession.begin(vault, pair, this.#parts.attempts)
    this.#enter({ at: 'offered', talk })
    this.#reply(await talk.offer())
    return done
  }

  async #reveal(talk: PairingSession, reveal: OpeningStep<'reveal'>): Promise<Work> {
    const code = await talk.reveal(reveal)
    this.#enter({ at: 'asked', talk })
    const shown = (): void => {
      if (this.#stage.at !== 'asked' || this.#stage.talk !== talk) return
      this.#enter({ at: 'compared', talk })
      this.#reply(talk.revealed())
    }
    return async () => {
      await this.#replyingRefusals(async () => {
        const question = { browser: this.#browser, code, otherAttempts: talk.otherAttempts }
        await this.#parts.prompts.pair({ ...question, withdrawn: this.#ended.signal, shown })
        await this.#queue.runExclusive(() => (this.#parts.peer(), this.#confirm(talk, 'here')))
      })
    }
  }

  async #confirm(talk: PairingSession, side: 'here' | 'there'): Promise<Work> {
    if (this.#stage.at !== 'compared' || this.#stage.talk !== talk) return done // an answer to a pairing that has ended
    const paired = await talk.confirm(side, this.#browser)
    if (paired !== null) {
      this.#enter({ at: 'start' })
      this.#reply(paired)
    }
    return done
  }

  async #hello(vault: UnlockedVault, hello: OpeningStep<'hello'>): Promise<Work> {
    const pairing = requirePairing(vault, hello.pairing)
    const ours = await keyPairFromSecret(ourKeyOf(vault, pairing))
    const theirs = await importPublic(pairing.theirKey)
    const greeted = await answerHandshake({ pairing: pairing.id, ours, theirs }, hello)
    const finish = async (join: OpeningStep<'join'>): Promise<SecureSession> =>
      new SecureSession({
        ...{ ...this.#parts, vault, pairing: pairing.id, browser: this.#browser },
        ...{ withdrawn: this.#ended.signal, channel: await greeted.finish(join) },
      })
    this.#enter({ at: 'welcomed', finish })
    this.#reply(greeted.welcome)
    return done
  }

  async #join(talk: SecureSession): Promise<Work> {
    talk.requireOpen()
    this.#enter({ at: 'session', talk })
    touchPairing(talk.vault, talk.pairing)
    this.#parts.sessionOpened(talk.pairing)
    return done
  }

  /** A connection that has ended stays so. */
  #enter(stage: Stage): void {
    if (this.#stage.at !== 'end') this.#stage = stage
  }

  #reply(reply: Reply): void {
    if (this.#stage.at !== 'end') this.#parts.send(reply)
  }
}

const clear = { kind: 'browser', version } as const
