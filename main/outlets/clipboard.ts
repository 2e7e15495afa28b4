import { createHmac, randomBytes } from 'node:crypto'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { Secret } from '../vault/secret.ts'
import type { ClipboardMarker } from './clipboard-marker.ts'
import type { SystemClipboard } from './system-clipboard.ts'

export interface ClipboardParts {
  readonly system: SystemClipboard
  /** How long a value stays on the clipboard, in seconds: the preference `clipboardSeconds`. */
  readonly seconds: () => number
  /** Tells the next process what to clear, if this one is killed. */
  readonly marker: ClipboardMarker
  /** Called when a value is no longer on the clipboard. */
  readonly cleared: () => void
  readonly report: (error: unknown) => void
  readonly clock: () => number
}

interface TemporaryCopy {
  /** Digests of what may be on the clipboard: of two values while one replaces the other. */
  readonly digests: readonly string[]
  readonly timer: NodeJS.Timeout
}

/**
 * Copies a value to the clipboard for a while, then clears the clipboard unless something else was copied since. Only a digest of the value
 * is kept in memory. Operations run one after the other, so that a lock also clears a value whose copying is in progress.
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
   * Copies a value until its time is over. The value that was copied before stays until then; if copying fails, it is cleared.
   * @returns when it will be cleared, in milliseconds since 1970
   * @throws Refusal `profile-unusable` if the marker could not be written
   */
  copyTemporarily(value: Secret): Promise<number> {
    return this.#queue.runExclusive(async () => {
      const { system, marker, seconds, clock } = this.#parts
      const text = value.expose()
      const time = seconds() * 1000
      await marker.write(text) // before the clipboard has the value: a crash in between leaves no value without a marker
      clearTimeout(this.#copied?.timer)
      const digest = this.#digestOf(text)
      const timer = setTimeout(() => void this.#expire(timer).catch(this.#parts.report), time)
      this.#copied = { digests: [digest, ...(this.#copied?.digests ?? [])], timer }
      try {
        await system.writeSecret(text)
      } catch (error) {
        await this.#clearIfOurs() // the marker of the previous value was overwritten, so that value must go too
        throw error
      }
      this.#copied = { digests: [digest], timer }
      return clock() + time
    })
  }

  /** Copies text that is no secret. It is not cleared. */
  copy(text: string): Promise<void> {
    return this.#queue.runExclusive(async () => {
      await this.#parts.system.writeText(text)
      this.#forget()
    })
  }

  /** Clears the clipboard if it still holds our value. Also called on lock and quit. */
  clear(): Promise<void> {
    return this.#queue.runExclusive(() => this.#clearIfOurs())
  }

  /** Clears a value that a killed process left on the clipboard. To be called once, at the start. */
  clearLeftOver(): Promise<void> {
    return this.#queue.runExclusive(async () => {
      const { system, marker } = this.#parts
      if (!marker.exists()) return
      if (await marker.matches(await system.readText())) await system.clear()
      marker.remove()
    })
  }

  /** Does nothing if another value has replaced the one that the timer was for. */
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
