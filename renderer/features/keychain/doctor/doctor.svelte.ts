import type { Diagnosis, RefusalCode } from '../../../../preload/contract.ts'
import { ask, codeOf } from '../../../bridge.ts'
import { keychainDialogs } from '../dialogs.svelte.ts'

/** One visit: what was found, or why nothing could be. What was found last stays in sight while it is looked for again. */
export class Doctor {
  diagnosis = $state.raw<Diagnosis | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  examining = $state(false)

  readonly fine = $derived(this.diagnosis?.findings.every((finding) => finding === 'fine') === true)

  /** True once there is something new to say. */
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

/** Opens the keychain doctor, from wherever the keychain is in question. */
export function openDoctor(): void {
  keychainDialogs.shown = 'doctor'
}
