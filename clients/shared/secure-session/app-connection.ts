import * as v from 'valibot'
import type { BrowserCallName, BrowserInput, BrowserOutput, BrowserRequest } from '../protocol/browser.ts'
import { encode } from './bytes.ts'
import { browserCalls, parseAnswer } from './calls.ts'
import type { Channel } from './channel.ts'
import { comparisonCode, commitmentTo, newNonce, openCommitment } from './comparison.ts'
import { startHandshake, type PairingKeys } from './handshake.ts'
import { importPublic, newKeyPair, publicText } from './keys.ts'
import { type Opening, parseReply, type Reply, type ReplyStep, version } from './opening.ts'
import { SessionFault } from './session-fault.ts'

/** The app refused, or the native host did. `code` is one of the app's refusal codes, or `not-running`. */
export class AppRefusal extends Error {
  override readonly name = 'AppRefusal'

  constructor(readonly code: string) {
    super(code)
  }
}

/** A running pairing. To cancel it, end the connection. */
export interface Comparison {
  /** Six digits, to be shown beside the app's. */
  readonly code: string
  /** Call it when the user says that the app shows the same code. */
  confirm(): void
  /**
   * Resolves once both sides have confirmed, with the keys to store. All of them can be put into IndexedDB, where no script can read the
   * private key. Rejects with AppRefusal or SessionFault, also before `confirm`.
   */
  readonly done: Promise<PairingKeys>
}

/** The transport of the messages. */
export interface MessageTransport {
  post(message: unknown): void
  /** The other side violated the protocol: nothing more will be received or sent. */
  close(): void
}

/**
 * The extension's end of one connection to the app. Pass it every message (`hear`) and the connection's end (`end`). The order is pair,
 * then open, then call. After a refusal the app may be asked again.
 */
export class AppConnection {
  readonly #line: MessageTransport
  #ended = false
  #channel: Channel | null = null
  /** The pending replies, in their order. */
  #expected: readonly { readonly resolve: (reply: Reply) => void; readonly reject: (reason: unknown) => void }[] = []
  readonly #answers = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>()
  #lastId = 0

  constructor(line: MessageTransport) {
    this.#line = line
  }

  /** Handles a message. Never rejects: a protocol violation ends the connection, and every pending call with it. */
  async hear(message: unknown): Promise<void> {
    try {
      if (this.#ended) return
      const word = v.safeParse(lastWord, message)
      if (word.success) this.#fail(new AppRefusal(word.output.code))
      else if (this.#channel === null) this.#hearReply(parseReply(message))
      else this.#hearAnswer(await this.#channel.open(message))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The connection is closed. Pending calls reject with SessionFault `ended`. */
  end(): void {
    this.#stop(new SessionFault('ended'))
  }

  /** @throws AppRefusal or SessionFault */
  async pair(): Promise<Comparison> {
    const ours = await newKeyPair()
    const nonce = newNonce()
    const opening = { key: await publicText(ours.publicKey), commitment: await commitmentTo('extension', ours.publicKey, nonce) }
    const offer = await this.#step('offer', { ...clear, step: 'pair', ...opening })
    const theirs = await this.#orFail(importPublic(offer.key))
    const revealed = this.#step('revealed', { ...clear, step: 'reveal', nonce: encode(nonce) })
    const paired = this.#expect('paired')
    paired.catch(() => {}) // reported through `done`, which the caller may not have yet
    const appNonce = await this.#orFail(openCommitment('app', offer.commitment, theirs, (await revealed).nonce))
    const code = await comparisonCode({ extensionKey: ours.publicKey, appKey: theirs, extensionNonce: nonce, appNonce })
    let confirmed = false
    const done = paired.then(({ pairing }) => {
      // A pairing that the app completes before the user has compared the codes is rejected.
      if (!confirmed) throw this.#fail(new SessionFault('out-of-turn'))
      return { pairing, ours, theirs }
    })
    done.catch(() => {})
    return {
      code,
      confirm: () => {
        if (confirmed || this.#ended) return
        confirmed = true
        this.#line.post({ ...clear, step: 'confirm' })
      },
      done,
    }
  }

  /** Opens the session. @throws AppRefusal `locked`, `pairing-needed`, …; SessionFault `unproven` if it is not the app that was paired */
  async open(keys: PairingKeys): Promise<void> {
    const { hello, join } = await startHandshake(keys)
    const welcome = await this.#step('welcome', hello)
    const joined = await this.#orFail(join(welcome))
    if (this.#ended) throw new SessionFault('ended')
    this.#channel = joined.channel
    this.#line.post(joined.join)
  }

  /** @throws AppRefusal or SessionFault */
  async call<N extends BrowserCallName>(call: N, input: BrowserInput<N>): Promise<BrowserOutput<N>> {
    const channel = this.#channel
    if (channel === null || this.#ended) throw new SessionFault(this.#ended ? 'ended' : 'out-of-turn')
    const id = ++this.#lastId
    const answered = new Promise<unknown>((resolve, reject) => this.#answers.set(id, { resolve, reject }))
    answered.catch(() => {})
    try {
      const request: BrowserRequest<N> = { id, call, input }
      await channel.send(request, (frame) => this.#line.post(frame))
      const parsed = v.safeParse(browserCalls[call].output, await answered)
      if (!parsed.success) throw this.#fail(new SessionFault('malformed'))
      return parsed.output as BrowserOutput<N>
    } finally {
      this.#answers.delete(id)
    }
  }

  /** Sends a message and takes the next reply as its answer. One at a time. */
  #step<S extends Reply['step']>(step: S, opening: Opening): Promise<ReplyStep<S>> {
    if (this.#ended) return Promise.reject(new SessionFault('ended'))
    if (this.#expected.length > 0 || this.#channel !== null) return Promise.reject(new SessionFault('out-of-turn'))
    const replied = this.#expect(step)
    this.#line.post(opening)
    return replied
  }

  /** The reply after those that are already pending. */
  #expect<S extends Reply['step']>(step: S): Promise<ReplyStep<S>> {
    if (this.#ended) return Promise.reject(new SessionFault('ended'))
    const replied = new Promise<Reply>((resolve, reject) => (this.#expected = [...this.#expected, { resolve, reject }]))
    return replied.then((reply) => {
      if (reply.step === 'refused') throw new AppRefusal(reply.code)
      if (reply.step !== step) throw this.#fail(new SessionFault('out-of-turn'))
      return reply as ReplyStep<S>
    })
  }

  #hearReply(reply: Reply): void {
    const [next, ...later] = this.#expected
    if (next === undefined) throw new SessionFault('out-of-turn')
    // A refusal ends every step that was begun: no further reply will come.
    const answered = reply.step === 'refused' ? this.#expected : [next]
    this.#expected = reply.step === 'refused' ? [] : later
    for (const waiting of answered) waiting.resolve(reply)
  }

  #hearAnswer(message: unknown): void {
    const answer = parseAnswer(message)
    const waiting = this.#answers.get(answer.id)
    if (waiting === undefined) throw new SessionFault('out-of-turn')
    this.#answers.delete(answer.id)
    if (answer.ok) waiting.resolve(answer.value)
    else waiting.reject(new AppRefusal(answer.code))
  }

  #orFail<T>(proof: Promise<T>): Promise<T> {
    return proof.catch((error: unknown) => {
      throw this.#fail(error)
    })
  }

  #fail(reason: unknown): unknown {
    if (!this.#ended) {
      this.#stop(reason)
      this.#line.close()
    }
    return reason
  }

  #stop(reason: unknown): void {
    this.#ended = true
    this.#channel?.end()
    for (const { reject } of this.#expected) reject(reason)
    this.#expected = []
    for (const { reject } of this.#answers.values()) reject(reason)
    this.#answers.clear()
  }
}

const clear = { kind: 'browser', version } as const

/**
 * What the app sends before it closes a connection, and the host if it cannot reach the app. It is not authenticated, but an attacker in
 * between could close the connection anyway: it ends everything, and has no other effect.
 */
const lastWord = v.strictObject({ code: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) })
