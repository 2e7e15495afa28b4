import type { KeyList, RefusalCode } from '../../../../preload/contract.ts'
import { ask, codeOf, hear } from '../../../bridge.ts'
import { notices } from '../../notices/notices.svelte.ts'
import type { Keyring } from '../keyring.svelte.ts'
import { type Outcome, outcomeLine, outcomeOf } from './verifyOutcome.ts'

/** Logging in with every value that is here, one by one: how far it is, and what came of it. */
export class Verification {
  running = $state(false)
  stopping = $state(false)
  done = $state(0)
  total = $state(0)
  /** What the last one found, until it is dismissed. */
  outcome = $state.raw<Outcome | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)

  #closed = false

  constructor(readonly keyring: Keyring) {}

  /** The returned function stops hearing, and telling: what comes of it is nothing to who has another account before them. */
  open(): () => void {
    const stop = hear('keys.verifying', ({ done, total }) => {
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

  /** The one under way is still finished. */
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
