import type { KeyList, RefusalCode } from '../../../../preload/contract.ts'
import { ask, codeOf, subscribe } from '../../../bridge.ts'
import { notices } from '../../notices/notices.svelte.ts'
import type { Keyring } from '../keyring.svelte.ts'
import { type Outcome, outcomeLine, outcomeOf } from './verifyOutcome.ts'

/** Verifies every value on this computer by a login, one after the other, and holds progress and result. */
export class Verification {
  running = $state(false)
  stopping = $state(false)
  done = $state(0)
  total = $state(0)
  /** The last result, until it is dismissed. */
  outcome = $state.raw<Outcome | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)

  #closed = false

  constructor(readonly keyring: Keyring) {}

  /** Call the returned function to unsubscribe. Results that arrive after that are not shown, because another account is on the screen. */
  open(): () => void {
    const stop = subscribe('keys.verifying', ({ done, total }) => {
      this.done = done
      this.total = total
    })
    return () => {
      this.#closed = true
      stop()
    }
  }

  async run(): Promise<void> {
    if (this.running) return
    const startedAt = Date.now()
    this.dismiss()
    this.running = true
    this.stopping = false
    this.done = 0
    this.total = 0
    try {
      const list = await ask('keys.verifyAll', { accountId: this.keyring.accountId })
      this.keyring.take(list)
      this.#conclude(list, startedAt)
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.running = false
    }
  }

  /** The login that is running is still finished. */
  async stop(): Promise<void> {
    this.stopping = true
    try {
      await ask('keys.stopVerifying', null)
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  dismiss(): void {
    this.outcome = null
    this.refusal = null
  }

  #conclude(list: KeyList, startedAt: number): void {
    if (this.#closed || list.accountId !== this.keyring.accountId) return
    this.outcome = outcomeOf(list.keys, startedAt, this.stopping)
    notices.announce(outcomeLine(this.outcome))
  }
}
