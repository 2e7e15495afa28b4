import type { RefusalCode } from '../../../preload/contract.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** Why nothing can be changed, for the tooltip of every disabled button. Undefined if changes are possible. */
export function readOnlyReason(code: RefusalCode | null): string | undefined {
  return code === null ? undefined : texts().keys.notices.readOnly(texts().refusals[code].title)
}
