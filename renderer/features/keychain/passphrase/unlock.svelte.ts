import type { RefusalCode } from '../../../../preload/contract.ts'
import { codeOf } from '../../../bridge.ts'

/** The state of the unlock form of an existing vault. */
export class Unlock {
  typed = $state('')
  busy = $state(false)
  refusal = $state.raw<RefusalCode | null>(null)

  /** @returns true once it was accepted. Otherwise the typed text stays, so that a typing error can be corrected. */
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
