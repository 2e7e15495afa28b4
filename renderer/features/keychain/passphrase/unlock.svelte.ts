import type { RefusalCode } from '../../../../preload/contract.ts'
import { codeOf } from '../../../bridge.ts'

/** The passphrase of a vault that is there, on its way to main. */
export class Unlock {
  typed = $state('')
  busy = $state(false)
  refusal = $state.raw<RefusalCode | null>(null)

  /** True once it was taken. What was typed stays when it was not: a slip is mended faster than typed anew. */
  async submit(take: (passphrase: string) => Promise<void>): Promise<boolean> {
    if (this.busy || this.typed === '') return false
    this.busy = true
    this.refusal = null
    try {
      await take(this.typed)
      this.forget()
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.busy = false
    }
  }

  forget(): void {
    this.typed = ''
  }
}
