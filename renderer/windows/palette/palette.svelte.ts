import type { RefusalCode } from '../../../preload/contract.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'
import { translatedName } from '../../features/accounts/accountNames.ts'
import { codeOf } from '../../bridge.ts'
import { secondsUntil } from '../../time/elapsed.ts'
import { ask } from './bridge.ts'
import { searchKeys, type PaletteKey } from './find.ts'

/** How long it shows that a value was copied before it closes, in milliseconds. */
const closeDelayMs = 1200

/** The state and actions of the palette. */
export class Palette {
  state = $state.raw<PaletteState | null>(null)
  typed = $state('')
  /** Seconds until the clipboard is cleared. Null while nothing was copied. */
  copied = $state<number | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  /** True if Enter was pressed although nothing can be typed. */
  insisted = $state(false)
  busy = $state(false)
  #index = $state(0)
  #closing: ReturnType<typeof setTimeout> | undefined

  readonly found = $derived(
    searchKeys(
      (this.state?.keys ?? []).map((key) => ({ ...key, account: translatedName(key.account) })),
      this.typed,
    ),
  )
  readonly index = $derived(Math.min(this.#index, this.found.length - 1))
  readonly chosen = $derived<PaletteKey | null>(this.found[this.index] ?? null)

  /** Called when the palette appears. The previous state is reset. */
  show(state: PaletteState): void {
    clearTimeout(this.#closing)
    this.state = state
    this.typed = ''
    this.copied = this.refusal = null
    this.insisted = this.busy = false
    this.#index = 0
  }

  seek(typed: string): void {
    this.typed = typed
    this.#index = 0
    this.refusal = null
  }

  move(by: number): void {
    const { length } = this.found
    // One step past an end wraps around. A page step stops there.
    const to = this.index + by
    this.#index = Math.abs(by) === 1 ? (to + length) % Math.max(length, 1) : Math.max(0, Math.min(to, length - 1))
  }

  choose(index: number): void {
    this.#index = index
  }

  async type(): Promise<void> {
    this.insisted = this.state?.unavailable !== null
    if (!this.insisted) await this.#do('palette.type')
  }

  async copy(): Promise<void> {
    const answer = await this.#do('palette.copy')
    if (answer === null) return
    this.copied = secondsUntil(answer.clearsAt, Date.now())
    this.#closing = setTimeout(() => this.close(), closeDelayMs)
  }

  close(): void {
    clearTimeout(this.#closing)
    // Reset on closing, so that nothing of it flashes up when the palette appears again.
    this.state = null
    this.typed = ''
    this.copied = this.refusal = null
    void ask('palette.close', null)
  }

  /** @returns null if it was refused, or if no key is selected */
  async #do<N extends 'palette.type' | 'palette.copy'>(call: N) {
    const { chosen } = this
    if (chosen === null || this.busy) return null
    this.busy = true
    this.refusal = null
    try {
      return await ask(call, { accountId: chosen.accountId, id: chosen.id })
    } catch (error) {
      this.refusal = codeOf(error)
      return null
    } finally {
      this.busy = false
    }
  }
}
