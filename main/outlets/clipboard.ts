import { createHmac, randomBytes } from 'node:crypto'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { Secret } from '../vault/secret.ts'
import type { ClipboardMarker } from './clipboard-marker.ts'
import type { SystemClipboard } from './system-clipboard.ts'

export interface ClipboardParts {
  readonly system: SystemClipboard
  /** How long a value is lent, in seconds. */
  readonly seconds: () => number
  /** What a process that was killed leaves for the next one. */
  readonly marker: ClipboardMarker
  /** Told when a value is no longer there. */
  readonly cleared: () => void
  readonly report: (error: unknown) => void
  readonly clock: () => number
}

interface TemporaryCopy {
  /** Of what may be on the clipboard: while a value takes the place of another one, of both. */
  readonly digests: readonly string[]
  readonly timer: NodeJS.Timeout
}

/**
 * Puts a value on the clipboard for a while and takes it back, unless something else was copied since. What was lent is
 * remembered by digest only. One thing happens after another, so that a lock takes back what is just being lent.
 */
export class Clipboard {
  readonly #parts: ClipboardParts
  readonly #digestKey = randomBytes(32)
  #copied: TemporaryCopy | null = null
  readonly #queue = new SerialQueue()

  constructor(parts: ClipboardParts) {
    this.#parts = parts
  }

  /**
   * What was lent before stays lent until it is replaced, and is taken back if that fails.
   * @returns when it will be cleared, in milliseconds since 1970
   * @throws Refusal `profile-unusable` if that could not be noted
   */
  copyTemporarily(value: Secret): Promise<number> {
    return this.#queue.runExclusive(async () => {
      const { system, marker, seconds, clock } = this.#parts
      const text = value.expose()
      const time = seconds() * 1000
      await marker.write(text) // before the clipboard has it: a crash in between leaves nothing that is not noted
      clearTimeout(this.#copied?.timer)
      const digest = this.#digestOf(text)
      const timer = setTimeout(() => void this.#expire(timer).catch(this.#parts.report), time)
      this.#copied = { digests: [digest, ...(this.#copied?.digests ?? [])], timer }
      try {
        await system.writeSecret(text)
      } catch (error) {
        await this.#clearIfOurs() // of the one before, the note knows nothing any more
        throw error
      }
      this.#copied = { digests: [digest], timer }
      return clock() + time
    })
  }

  /** Something that is no secret: it stays. */
  copy(text: string): Promise<void> {
    return this.#queue.runExclusive(async () => {
      await this.#parts.system.writeText(text)
      this.#forget()
    })
  }

  /** Clears the clipboard if it still holds what was lent. Also called on lock and quit. */
  clear(): Promise<void> {
    return this.#queue.runExclusive(() => this.#clearIfOurs())
  }

  /** Clears what a process before this one lent and could not take back. Once, at the start. */
  clearLeftOver(): Promise<void> {
    return this.#queue.runExclusive(async () => {
      const { system, marker } = this.#parts
      if (!marker.exists()) return
      if (await marker.matches(await system.readText())) await system.clear()
      marker.remove()
    })
  }

  /** A time that is over while another value takes the place of the one that it was for is not the other one's. */
  #expire(timer: NodeJS.Timeout): Promise<void> {
    return this.#queue.runExclusive(async () => {
      if (this.#copied?.timer === timer) await this.#clearIfOurs()
    })
  }

  async #clearIfOurs(): Promise<void> {
    const { system } = this.#parts
    if (this.#copied === null) return
    if (this.#copied.digests.includes(this.#digestOf(await system.readText()))) await system.clear()
    this.#forget()
  }

  #forget(): void {
    if (this.#copied === null) return
    clearTimeout(this.#copied.timer)
    this.#copied = null
    this.#parts.marker.remove()
    this.#parts.cleared()
  }

  #digestOf(text: string): string {
    return createHmac('sha256', this.#digestKey).update(text).digest('hex')
  }
}
