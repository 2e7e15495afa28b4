import type { RefusalCode } from '../../preload/contract.ts'
import { latestFault } from '../latestFault.svelte.ts'
import { texts } from './texts.svelte.ts'

/** One line that says why the last call was refused and what to do next. An unexpected error includes the code to quote. */
export function refusalLine(code: RefusalCode): string {
  const { title, next } = texts().refusals[code]
  const fault = code === 'internal' ? latestFault.code : null
  return `${title}. ${next}${fault === null ? '' : ` ${texts().ui.fault(fault)}`}`
}
