import { readOnly } from './en/readOnly.ts'
import { refusals } from './en/refusals.ts'
import { remedies } from './en/remedies.ts'
import { time } from './en/time.ts'
import { titles } from './en/titles.ts'

/** English, which says what a catalogue has. */
export const en = {
  direction: 'ltr' as 'ltr' | 'rtl',
  readOnly,
  refusals,
  remedies,
  time,
  titles,
}
