import type { ChosenBackup } from '../../../../preload/contract.ts'
import { Attempt } from '../../../attempt.svelte.ts'
import { ask, codeOf } from '../../../bridge.ts'

/** The state of a form with a chosen backup file and the passphrase for it. */
export class BackupChoice extends Attempt {
  file = $state.raw<ChosenBackup | null>(null)
  passphrase = $state('')
  choosing = $state(false)

  /** Opens the system's file dialog. If it is cancelled, the previous choice stays. */
  async choose(): Promise<void> {
    this.choosing = true
    this.refusal = null
    try {
      const answer = await ask('transfer.chooseBackup', null)
      if (answer.outcome === 'chosen') this.file = answer
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.choosing = false
    }
  }

  /**
   * Does something with the file and the passphrase.
   * @returns whether it was done; `refusal` says why not
   */
  async use(what: (ticket: string, passphrase: string) => Promise<void>): Promise<boolean> {
    const { file } = this
    if (file === null || this.busy) return false
    const done = await this.run(async () => {
      await what(file.ticket, this.passphrase)
      this.passphrase = ''
    })
    if (this.refusal === 'choice-expired') this.file = null
    return done
  }

  /** Drops the passphrase, and the file in main. */
  forget(): void {
    this.passphrase = ''
    if (this.file !== null) void ask('transfer.forget', { ticket: this.file.ticket }).catch(() => {}) // a closing window cannot show an error
    this.file = null
  }
}
