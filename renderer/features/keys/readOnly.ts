import type { RefusalCode } from '../../../preload/contract.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** Why nothing can be changed, for the tip of every button that would; undefined where everything can. */
export function readOnlyReason(code: RefusalCode | null): string | undefined {
  return code === null ? undefined : texts().keys.notices.readOnly(texts().refusals[code].title)
}
