import type { RefusalCode } from '../preload/contract.ts'
import { codeOf } from './bridge.ts'

/** Something that a person asked for, as a form shows it: whether it is being done, and why it was refused. */
export class Attempt {
  busy = $state(false)
  refusal = $state.raw<RefusalCode | null>(null)

  /** @returns false if it was refused */
  async run(step: () => Promise<void>): Promise<boolean> {
    this.busy = true
    this.refusal = null
    try {
      await step()
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
