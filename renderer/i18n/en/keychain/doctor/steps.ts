import type { Diagnosis, Finding } from '../../../../../preload/contract.ts'

export type Desktop = Diagnosis['desktop']

/** One step for the user. `command` is to be typed into a terminal (PowerShell on Windows) exactly as it stands. */
export interface Step {
  readonly text: string
  readonly command?: string
}

/** Findings about the keychain itself. The other findings are about what Latchkey stores in it. */
export type Ailment = Exclude<Finding, 'fine' | 'app-changed' | 'reset' | 'changed' | 'left-behind' | 'item-missing' | 'item-different'>
