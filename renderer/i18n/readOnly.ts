import type { RefusalCode } from '../../preload/contract.ts'
import { texts } from './texts.svelte.ts'

/** Why a vault is read-only. */
export interface ReadOnlyTexts {
  readonly title: string
  readonly text: string
}

export function readOnlyTexts(code: RefusalCode): ReadOnlyTexts {
  const { refusals, readOnly } = texts()
  const reasons: Partial<Record<RefusalCode, ReadOnlyTexts>> = readOnly.reasons
  return reasons[code] ?? { title: readOnly.because(refusals[code].title), text: refusals[code].text }
}
