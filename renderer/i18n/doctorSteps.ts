import type { Diagnosis, Finding } from '../../preload/contract.ts'

export type Desktop = Diagnosis['desktop']

/** One thing to do. `command` is to be typed in a terminal, on Windows in PowerShell, exactly as it stands. */
export interface Step {
  readonly text: string
  readonly command?: string
}

/** What the keychain itself can be ill with; the other findings are about what Latchkey keeps in it. */
export type Ailment = Exclude<Finding, 'fine' | 'app-changed' | 'reset' | 'changed' | 'left-behind' | 'item-missing' | 'item-different'>
