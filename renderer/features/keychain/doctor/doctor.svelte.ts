import type { Diagnosis, RefusalCode } from '../../../../preload/contract.ts'
import { ask, codeOf } from '../../../bridge.ts'
import { keychainDialogs } from '../dialogs.svelte.ts'

/** One run of the doctor: the findings, or why the doctor could not run. The previous finding stays visible during the next run. */
export class Doctor {
  diagnosis = $state.raw<Diagnosis | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  examining = $state(false)

  readonly fine = $derived(this.diagnosis?.findings.every((finding) => finding === 'fine') === true)

  /** @returns true if there is a new result */
  async examine(): Promise<boolean> {
    if (this.examining) return false
    this.examining = true
    this.refusal = null
    try {
      this.diagnosis = await ask('keychain.examine', null)
    } catch (error) {
      this.diagnosis = null
      this.refusal = codeOf(error)
    } finally {
      this.examining = false
    }
    return true
  }
}

/** Opens the keychain doctor dialog. */
export function openDoctor(): void {
  keychainDialogs.shown = 'doctor'
}
