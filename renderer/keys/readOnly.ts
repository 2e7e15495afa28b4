import type { RefusalCode } from '../../preload/contract.ts'
import { refusalWords } from '../words.ts'

/** Why nothing can be changed, for the tip of every button that would; undefined where everything can. */
export function readOnlyReason(code: RefusalCode | null): string | undefined {
  return code === null ? undefined : `This vault is read-only. ${refusalWords[code].title}.`
}
