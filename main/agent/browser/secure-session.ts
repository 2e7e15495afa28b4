import * as v from 'valibot'
import type { BrowserAnswer, BrowserCallName, BrowserCalls } from '../../../clients/shared/protocol/browser.ts'
import { browserCalls, parseRequest } from '../../../clients/shared/secure-session/calls.ts'
import type { Channel } from '../../../clients/shared/secure-session/channel.ts'
import { SessionFault } from '../../../clients/shared/secure-session/session-fault.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { requirePairing } from '../../vault/release/pairings.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'
import type { Peer } from '../peer/peer.ts'
import { type BrowserHandlers, browserHandlers, type BrowserCallParts } from './browser-calls.ts'

interface Parts extends BrowserCallParts {
  readonly channel: Channel
  /** Throws a Refusal if the process is no longer the one that connected. */
  readonly peer: () => Peer
  readonly send: (message: unknown) => void
  readonly report: (error: unknown) => void
}

/** An encrypted session. Each request is parsed strictly, and each answer is parsed on its way out. */
export class SecureSession {
  readonly #parts: Parts
  readonly #handlers: BrowserHandlers
  readonly vault: UnlockedVault
  readonly pairing: string

  constructor(parts: Parts) {
    this.#parts = parts
    this.#handlers = browserHandlers(parts)
    this.vault = parts.vault
    this.pairing = parts.pairing
  }

  /**
   * Receives a message. @returns the work that it asks for
   * @throws SessionFault; Refusal `locked` after a lock, `pairing-needed` after the pairing was removed, `request-invalid` if another
   *   process is
   *   at the other end: each of them ends the session
   */
  async receive(message: unknown): Promise<() => Promise<void>> {
    this.requireOpen()
    const { id, call, input } = parseRequest(await this.#parts.channel.open(message))
    return async () => this.#send(await this.#answer(id, call, input))
  }

  requireOpen(): void {
    if (!this.vault.isOpen()) throw new Refusal('locked')
    requirePairing(this.vault, this.pairing)
    this.#parts.peer()
  }

  end(): void {
    this.#parts.channel.end()
  }

  async #answer(id: number, call: BrowserCallName, input: unknown): Promise<BrowserAnswer> {
    try {
      return { id, ok: true, value: await this.#handle(call, input) }
    } catch (error) {
      if (!(error instanceof Refusal)) this.#parts.report(error)
      return { id, ok: false, code: codeOf(error) }
    }
  }

  async #handle<N extends BrowserCallName>(call: N, input: unknown): Promise<unknown> {
    const parsed = v.safeParse(browserCalls[call].input, input)
    if (!parsed.success) throw new Refusal('request-invalid')
    const handler: (input: BrowserCalls[N]['input']) => Promise<BrowserCalls[N]['output']> = this.#handlers[call]
    const answer = v.safeParse(browserCalls[call].output, await handler(parsed.output))
    if (!answer.success) throw new Error('an answer that is none') // not the schema library's error, which contains the answer
    return answer.output
  }

  /** A session that ended meanwhile gets no answer. */
  async #send(answer: BrowserAnswer): Promise<void> {
    this.requireOpen()
    try {
      await this.#parts.channel.send(answer, this.#parts.send)
    } catch (error) {
      if (!(error instanceof SessionFault && error.reason === 'ended')) throw error
    }
  }
}
