import type { RefusalCode } from '../../preload/contract.ts'
import { latestFault } from '../latestFault.svelte.ts'
import { texts } from './texts.svelte.ts'

/** Why the call that the window has just made was refused and what to do, in a line; of an error that nobody expected, with the code to quote. */
export function refusalLine(code: RefusalCode): string {
  const { title, next } = texts().refusals[code]
  const fault = code === 'internal' ? latestFault.code : null
  return `${title}. ${next}${fault === null ? '' : ` ${texts().look.fault(fault)}`}`
}
