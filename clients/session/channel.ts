import type { RecipientContext, SenderContext } from '@hpke/core'
import * as v from 'valibot'
import { decode, encode, utf8 } from './bytes.ts'
import { SessionFault } from './session-fault.ts'

/** The most bytes of JSON in one sealed message. In base64url and its frame it stays under the 64 KiB of a frame. */
export const messageCap = 48 * 1024 - 64

const sealed = v.strictObject({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(64 * 1024)) })
export type Sealed = v.InferOutput<typeof sealed>

/**
 * A sealed session. Each direction counts its messages in what seals them: one that was repeated, left out, put elsewhere, changed or
 * sent back does not open, and the first that does not open ends the session for good. Both directions keep the order in which
 * they were asked.
 */
export class Channel {
  #contexts: { readonly seals: SenderContext; readonly opens: RecipientContext } | null
  #sealing: Promise<unknown> = Promise.resolve()
  #opening: Promise<unknown> = Promise.resolve()

  constructor(seals: SenderContext, opens: RecipientContext) {
    this.#contexts = { seals, opens }
  }

  /**
   * Seals a message and hands it on, behind all that were sent before.
   * @throws SessionFault `too-large`, after which the session goes on; `ended`, with nothing handed on
   */
  send(message: unknown, post: (frame: Sealed) => void): Promise<void> {
    const bytes = utf8(JSON.stringify(message))
    if (bytes.length > messageCap) return Promise.reject(new SessionFault('too-large'))
    const mine = this.#sealing.then(async () => {
      const data = encode(new Uint8Array(await this.#whole().seals.seal(bytes)))
      this.#whole() // it may have ended meanwhile: after a lock nothing leaves
      post({ kind: 'sealed', data })
    })
    this.#sealing = mine.catch(() => this.end())
    return mine
  }

  /** @returns the message, once all that came before it are opened. @throws SessionFault, after which the session is over */
  open(frame: unknown): Promise<unknown> {
    const mine = this.#opening.then(() => this.#open(frame))
    this.#opening = mine.catch(() => this.end())
    return mine
  }

  /** Forgets the keys. */
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
