import { welcome } from '../../../clients/shared/secure-session/handshake.ts'
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
  /** Looks who is at the other end, at each message and before what a person has allowed goes out; throws if it is not who connected. */
  readonly peer: () => Peer
  readonly send: (message: unknown) => void
  /** The extension has proved that it has this pairing's key. */
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

/** What is left to do for a message once it was taken in: by then the next one may be. */
type Work = () => Promise<void>
const done: Work = async () => {}

/**
 * One connection of an extension. Messages are taken in one after the other; what waits for a person holds up none of them. A step
 * that comes out of turn, or proves nothing, ends the connection.
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

  /** Until the session is open, which any program could put off for ever; but not while a person compares codes. */
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
    // After its join the extension takes nothing in clear any more.
    return opening.step === 'join' ? this.#open(opening) : this.#replyingRefusals(() => this.#open(opening))
  }

  /** A refusal is told, and the connection is as new: the extension may ask again, after an unlock or another try at pairing. */
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

  async #pair(opened: UnlockedVault, pair: OpeningStep<'pair'>): Promise<Work> {
    const talk = await PairingSession.begin(opened, pair, this.#parts.attempts)
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
        const asked = { browser: this.#browser, code, otherAttempts: talk.otherAttempts }
        await this.#parts.prompts.pair({ ...asked, withdrawn: this.#ended.signal, shown })
        await this.#queue.runExclusive(() => (this.#parts.peer(), this.#confirm(talk, 'here')))
      })
    }
  }

  async #confirm(talk: PairingSession, side: 'here' | 'there'): Promise<Work> {
    if (this.#stage.at !== 'compared' || this.#stage.talk !== talk) return done // the answer to a pairing that is over
    const paired = await talk.confirm(side, this.#browser)
    if (paired !== null) {
      this.#enter({ at: 'start' })
      this.#reply(paired)
    }
    return done
  }

  async #hello(opened: UnlockedVault, hello: OpeningStep<'hello'>): Promise<Work> {
    const pairing = requirePairing(opened, hello.pairing)
    const ours = await keyPairFromSecret(ourKeyOf(opened, pairing))
    const theirs = await importPublic(pairing.theirKey)
    const greeted = await welcome({ pairing: pairing.id, ours, theirs }, hello)
    const finish = async (join: OpeningStep<'join'>): Promise<SecureSession> =>
      new SecureSession({
        ...{ ...this.#parts, opened, pairing: pairing.id, browser: this.#browser },
        ...{ withdrawn: this.#ended.signal, channel: await greeted.finish(join) },
      })
    this.#enter({ at: 'welcomed', finish })
    this.#reply(greeted.welcome)
    return done
  }

  async #join(talk: SecureSession): Promise<Work> {
    talk.requireOpen()
    this.#enter({ at: 'session', talk })
    touchPairing(talk.opened, talk.pairing)
    this.#parts.sessionOpened(talk.pairing)
    return done
  }

  /** After its end a visit becomes nothing any more. */
  #enter(stage: Stage): void {
    if (this.#stage.at !== 'end') this.#stage = stage
  }

  #reply(reply: Reply): void {
    if (this.#stage.at !== 'end') this.#parts.send(reply)
  }
}

const clear = { kind: 'browser', version } as const
