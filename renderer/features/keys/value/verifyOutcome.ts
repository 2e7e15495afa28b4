import type { Key } from '../../../../preload/contract.ts'
import { holdsValue, type Verdict, verdicts } from '../../../../shared/lists/keys.ts'
import { texts } from '../../../i18n/texts.svelte.ts'

/** The result of verifying all keys. */
export interface Outcome {
  readonly counts: Readonly<Record<Verdict, number>>
  /** Keys with a value here that could not be verified: it was stopped before, or the server did not answer. */
  readonly unproved: number
  readonly stopped: boolean
}

/** `startedAt` is in milliseconds since 1970. Verdicts from before it do not count. */
export function outcomeOf(keys: readonly Key[], startedAt: number, stopped: boolean): Outcome {
  const counts: Record<Verdict, number> = { works: 0, disabled: 0, deleted: 0, wrong: 0, 'other-account': 0 }
  let unproved = 0
  for (const key of keys) {
    if (key.verified !== null && key.verified.at >= startedAt) counts[key.verified.verdict] += 1
    else if (holdsValue(key) || key.value === 'locked') unproved += 1
  }
  return { counts, unproved, stopped }
}

/** `1 has a wrong value, 6 work. 2 could not be verified.` */
export function outcomeLine({ counts, unproved, stopped }: Outcome): string {
  const t = texts().keys.verify
  const found = verdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => t.outcomes[verdict](counts[verdict]))
  const rest = stopped ? t.notVerified(unproved) : t.notAnswered(unproved)
  const lines = found.length > 0 ? [`${found.join(', ')}.`] : unproved === 0 ? [t.none] : []
  return [...lines, ...(unproved > 0 ? [rest] : [])].join(' ')
}

/** Whether a verdict needs action by the user. */
export function foundBad({ counts }: Outcome): boolean {
  return counts.wrong + counts['other-account'] + counts.deleted > 0
}
