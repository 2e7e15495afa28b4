import type { RefusalCode } from '../../../../preload/contract.ts'
import { codeOf } from '../../../bridge.ts'

/** Main has the rule; this spares a person the second that deriving a key takes. Characters, not bytes: as one counts them. */
export const shortest = 12

/** A passphrase being chosen: typed twice, since a slip of the finger would shut the vault for good. */
export class NewPassphrase {
  typed = $state('')
  again = $state('')
  /** A field was left or the form sent: before, everything typed is too short. */
  judged = $state(false)
  judgedAgain = $state(false)
  busy = $state(false)
  refusal = $state.raw<RefusalCode | null>(null)

  readonly long = $derived([...this.typed.normalize('NFKC')].length >= shortest)
  readonly same = $derived(this.typed === this.again)
  readonly tooWeak = $derived(this.refusal === 'passphrase-weak' || (this.judged && !this.long && this.typed !== ''))
  readonly missing = $derived(this.judged && this.judgedAgain && this.typed === '')

  /**
   * Hands the passphrase on when it will do. The typed text is dropped once it was taken.
   * @returns which field to go to, or null when it was taken or refused for another reason
   */
  async submit(take: (passphrase: string) => Promise<void>): Promise<'typed' | 'again' | null> {
    if (this.busy) return null
    this.judged = true
    this.judgedAgain = true
    if (!this.long) return 'typed'
    if (!this.same) return 'again'
    this.busy = true
    this.refusal = null
    try {
      await take(this.typed)
      this.forget()
      return null
    } catch (error) {
      this.refusal = codeOf(error)
      return this.refusal === 'passphrase-weak' ? 'typed' : null
    } finally {
      this.busy = false
    }
  }

  forget(): void {
    this.typed = ''
    this.again = ''
  }
}
