import type { RecipientContext, SenderContext } from '@hpke/core'
import * as v from 'valibot'
import { SerialQueue } from '../../../shared/serial-queue.ts'
import { decode, encode, utf8 } from './bytes.ts'
import { SessionFault } from './session-fault.ts'

/** The maximum size of one encrypted message, in bytes of JSON. With base64url and its frame it stays below the 64 KiB of a frame. */
export const messageCap = 48 * 1024 - 64

const sealed = v.strictObject({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(64 * 1024)) })
export type Sealed = v.InferOutput<typeof sealed>

/**
 * An encrypted session. Each direction has a message counter in its nonce: a message that was repeated, dropped, reordered, changed or
 * reflected does not decrypt, and the first failure ends the session for good. Both directions keep the order of the calls.
 */
export class Channel {
  #contexts: { readonly seals: SenderContext; readonly opens: RecipientContext } | null
  readonly #sealing = new SerialQueue()
  readonly #opening = new SerialQueue()

  constructor(seals: SenderContext, opens: RecipientContext) {
    this.#contexts = { seals, opens }
  }

  /**
   * Encrypts a message and posts it, after all that were sent before.
   * @throws SessionFault `too-large`, after which the session goes on; `ended`, with nothing posted
   */
  send(message: unknown, post: (frame: Sealed) => void): Promise<void> {
    const bytes = utf8(JSON.stringify(message))
    if (bytes.length > messageCap) return Promise.reject(new SessionFault('too-large'))
    return this.#sealing.runExclusive(() =>
      this.#orEnd(async () => {
        const data = encode(new Uint8Array(await this.#whole().seals.seal(bytes)))
        this.#whole() // it may have ended meanwhile: after a lock nothing is sent
        post({ kind: 'sealed', data })
      }),
    )
  }

  /** @returns the message, once all previous ones are decrypted. @throws SessionFault, after which the session is over */
  open(frame: unknown): Promise<unknown> {
    return this.#opening.runExclusive(() => this.#orEnd(() => this.#open(frame)))
  }

  /** Drops the keys. */
  end(): void {
    this.#contexts = null
  }

  async #open(frame: unknown): Promise<unknown> {
    const { opens } = this.#whole()
    const parsed = v.safeParse(sealed, frame)
    if (!parsed.success) throw new SessionFault('malformed')
    const bytes = await opens.open(decode(parsed.output.data)).catch(() => {
      throw new SessionFault('not-opened')
    })
    this.#whole()
    return parse(bytes)
  }

  /** Drops the keys before the next queued operation runs: after a failure none may be left. */
  async #orEnd<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation()
    } catch (error) {
      this.end()
      throw error
    }
  }

  #whole(): { readonly seals: SenderContext; readonly opens: RecipientContext } {
    if (this.#contexts === null) throw new SessionFault('ended')
    return this.#contexts
  }
}

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new SessionFault('malformed')
  }
}
