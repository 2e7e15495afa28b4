import type { RefusalCode } from '../../preload/contract.ts'
import { texts } from './texts.svelte.ts'

/** Why a vault is read-only. */
export interface ReadOnlyWords {
  readonly title: string
  readonly text: string
}

export function readOnlyWords(code: RefusalCode): ReadOnlyWords {
  const { refusals, readOnly } = texts()
  const reasons: Partial<Record<RefusalCode, ReadOnlyWords>> = readOnly.reasons
  return reasons[code] ?? { title: readOnly.because(refusals[code].title), text: refusals[code].text }
}
