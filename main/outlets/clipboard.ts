import { createHmac, randomBytes } from 'node:crypto'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { Secret } from '../vault/secret.ts'
import type { LentNote } from './clipboard-marker.ts'
import type { SystemClipboard } from './system-clipboard.ts'

export interface ClipboardParts {
  readonly system: SystemClipboard
  /** How long a value is lent, in seconds. */
  readonly seconds: () => number
  /** What a process that was killed leaves for the next one. */
  readonly note: LentNote
  /** Told when a value is no longer there. */
  readonly cleared: () => void
  readonly report: (error: unknown) => void
  readonly clock: () => number
}

interface Lent {
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
  #lent: Lent | null = null
  readonly #queue = new SerialQueue()

  constructor(parts: ClipboardParts) {
    this.#parts = parts
  }

  /**
   * What was lent before stays lent until it is replaced, and is taken back if that fails.
   * @returns when it will be cleared, in milliseconds since 1970
   * @throws Refusal `profile-unusable` if that could not be noted
   */
  lend(value: Secret): Promise<number> {
    return this.#queue.runExclusive(async () => {
      const { system, note, seconds, clock } = this.#parts
      const text = value.expose()
      const time = seconds() * 1000
      await note.write(text) // before the clipboard has it: a crash in between leaves nothing that is not noted
      clearTimeout(this.#lent?.timer)
      const digest = this.#digestOf(text)
      const timer = setTimeout(() => void this.#expire(timer).catch(this.#parts.report), time)
      this.#lent = { digests: [digest, ...(this.#lent?.digests ?? [])], timer }
      try {
        await system.writeSecret(text)
      } catch (error) {
        await this.#clear() // of the one before, the note knows nothing any more
        throw error
      }
      this.#lent = { digests: [digest], timer }
      return clock() + time
    })
  }

  /** Something that is no secret: it stays. */
  give(text: string): Promise<void> {
    return this.#queue.runExclusive(async () => {
      await this.#parts.system.writeText(text)
      this.#forget()
    })
  }

  /** Clears the clipboard if it still holds what was lent. Also called on lock and quit. */
  takeBack(): Promise<void> {
    return this.#queue.runExclusive(() => this.#clear())
  }

  /** Clears what a process before this one lent and could not take back. Once, at the start. */
  takeBackLeft(): Promise<void> {
    return this.#queue.runExclusive(async () => {
      const { system, note } = this.#parts
      if (!note.exists()) return
      if (await note.isOf(await system.readText())) await system.clear()
      note.remove()
    })
  }

  /** A time that is over while another value takes the place of the one that it was for is not the other one's. */
  #expire(timer: NodeJS.Timeout): Promise<void> {
    return this.#queue.runExclusive(async () => {
      if (this.#lent?.timer === timer) await this.#clear()
    })
  }

  async #clear(): Promise<void> {
    const { system } = this.#parts
    if (this.#lent === null) return
    if (this.#lent.digests.includes(this.#digestOf(await system.readText()))) await system.clear()
    this.#forget()
  }

  #forget(): void {
    if (this.#lent === null) return
    clearTimeout(this.#lent.timer)
    this.#lent = null
    this.#parts.note.remove()
    this.#parts.cleared()
  }

  #digestOf(text: string): string {
    return createHmac('sha256', this.#digestKey).update(text).digest('hex')
  }
}
