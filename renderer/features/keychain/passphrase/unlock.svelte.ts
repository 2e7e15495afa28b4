import { Attempt } from '../../../attempt.svelte.ts'

/** The state of the unlock form of an existing vault. */
export class Unlock extends Attempt {
  typed = $state('')

  /** @returns true once it was accepted. Otherwise the typed text stays, so that a typing error can be corrected. */
  async submit(take: (passphrase: string) => Promise<void>): Promise<boolean> {
    if (this.busy || this.typed === '') return false
    return this.run(async () => {
      await take(this.typed)
      this.forget()
    })
  }

  forget(): void {
    this.typed = ''
  }
}
