import { Attempt } from '../../../attempt.svelte.ts'

/** Main enforces the rule; this check saves the second that key derivation takes. Counted in characters, not bytes. */
export const minPassphraseLength = 12

/** The state of the fields for a new passphrase. It is typed twice, because a typing error would lock the user out for good. */
export class NewPassphrase extends Attempt {
  typed = $state('')
  again = $state('')
  /** True once the field was left or the form submitted. Before that, every incomplete passphrase would be reported as too short. */
  judged = $state(false)
  judgedAgain = $state(false)

  readonly long = $derived([...this.typed.normalize('NFKC')].length >= minPassphraseLength)
  readonly same = $derived(this.typed === this.again)
  readonly tooWeak = $derived(this.refusal === 'passphrase-weak' || (this.judged && !this.long && this.typed !== ''))
  readonly missing = $derived(this.judged && this.judgedAgain && this.typed === '')

  /**
   * Passes an acceptable passphrase to `take`. The typed text is cleared once it was accepted.
   * @returns the field to correct, or null if it was accepted or refused for another reason
   */
  async submit(take: (passphrase: string) => Promise<void>): Promise<'typed' | 'again' | null> {
    if (this.busy) return null
    this.judged = true
    this.judgedAgain = true
    if (!this.long) return 'typed'
    if (!this.same) return 'again'
    await this.run(async () => {
      await take(this.typed)
      this.forget()
    })
    return this.refusal === 'passphrase-weak' ? 'typed' : null
  }

  forget(): void {
    this.typed = ''
    this.again = ''
  }
}
