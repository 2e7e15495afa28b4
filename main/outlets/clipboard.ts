import { createHash } from 'node:crypto'
import type { Secret } from '../vault/secret.ts'

/** The system's clipboard, as text. Newer Electrons answer later, older ones at once. */
export interface SystemClipboard {
  readText(): string | Promise<string>
  writeText(text: string): void | Promise<void>
  clear(): void | Promise<void>
}

const lentFor = 30_000

/**
 * Puts a value on the clipboard for a while and takes it back, unless something else was copied since. What was lent is
 * remembered by digest only.
 */
export class Clipboard {
  readonly #system: SystemClipboard
  readonly #cleared: () => void
  readonly #clock: () => number
  #lent: { digest: string; timer: NodeJS.Timeout } | null = null

  constructor(system: SystemClipboard, cleared: () => void, clock: () => number) {
    this.#system = system
    this.#cleared = cleared
    this.#clock = clock
  }

  /** @returns when it will be cleared, in milliseconds since 1970 */
  async lend(value: Secret): Promise<number> {
    clearTimeout(this.#lent?.timer)
    const timer = setTimeout(() => void this.takeBack(), lentFor)
    this.#lent = { digest: digestOf(value.expose()), timer } // before the write: a quit in between takes it back too
    await this.#system.writeText(value.expose())
    return this.#clock() + lentFor
  }

  /** Something that is no secret: it stays. */
  async give(text: string): Promise<void> {
    await this.#system.writeText(text)
    this.#forget()
  }

  /** Clears the clipboard if it still holds what was lent. Also called on lock and quit. */
  async takeBack(): Promise<void> {
    const lent = this.#lent
    if (lent === null) return
    if (digestOf(await this.#system.readText()) === lent.digest) await this.#system.clear()
    this.#forget()
  }

  #forget(): void {
    if (this.#lent === null) return
    clearTimeout(this.#lent.timer)
    this.#lent = null
    this.#cleared()
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
