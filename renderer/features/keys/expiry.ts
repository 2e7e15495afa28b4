import { texts } from '../../i18n/texts.svelte.ts'
import type { IconName } from '../../ui/icons/drawings.ts'

const dayMs = 24 * 60 * 60 * 1000

/** A key is said to expire in its row of the list from so many days before. */
const nearDays = 30

/** Days from today, in the local time zone, until a day such as `2027-01-31`; negative once it is over. */
export function daysUntil(day: string, now: number): number {
  const today = new Date(now)
  const todayUtc = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  return Math.round((Date.parse(`${day}T00:00:00Z`) - todayUtc) / dayMs)
}

export function isExpired(day: string | null, now: number): boolean {
  return day !== null && daysUntil(day, now) < 0
}

export interface ExpiryTexts {
  readonly icon: IconName
  readonly text: string
  readonly isOver: boolean
  readonly isNear: boolean
}

/** When a key expires, in words. */
export function expiryTexts(day: string, now: number): ExpiryTexts {
  const t = texts().keys.details.expiry
  const days = daysUntil(day, now)
  const isOver = days < 0
  const text = isOver ? t.over : days === 0 ? t.today : t.in(days)
  return { icon: isOver ? 'warning' : 'clock', text, isOver, isNear: days <= nearDays }
}
