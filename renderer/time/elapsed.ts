import { texts } from '../i18n/texts.svelte.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The date formats of the current language. Created once per language, because that is slow. */
interface Formats {
  readonly ago: Intl.RelativeTimeFormat
  readonly timeOfDay: Intl.DateTimeFormat
  readonly dayAndTime: Intl.DateTimeFormat
  readonly dayOnly: Intl.DateTimeFormat
  readonly calendarDay: Intl.DateTimeFormat
  readonly precisely: Intl.DateTimeFormat
}
const made = new Map<string, Formats>()

function formats(): Formats {
  const { locale } = texts().time
  const known = made.get(locale)
  if (known !== undefined) return known
  const formats: Formats = {
    ago: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    timeOfDay: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
    dayAndTime: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    dayOnly: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }),
    calendarDay: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    precisely: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
  }
  made.set(locale, formats)
  return formats
}

/**
 * How long ago something was: `just now`, `5 minutes ago`, `yesterday`, `last month`.
 * Both in milliseconds since 1970. A time in the future reads as `just now`, because the server's clock may be ahead.
 */
export function elapsed(time: number, now: number): string {
  const passed = now - time
  const { ago } = formats()
  if (passed < minute) return texts().time.justNow
  if (passed < hour) return ago.format(-Math.floor(passed / minute), 'minute')
  if (passed < day) return ago.format(-Math.floor(passed / hour), 'hour')
  if (passed < 7 * day) return ago.format(-Math.floor(passed / day), 'day')
  if (passed < 30 * day) return ago.format(-Math.floor(passed / (7 * day)), 'week')
  if (passed < 365 * day) return ago.format(-Math.floor(passed / (30 * day)), 'month')
  return ago.format(-Math.floor(passed / (365 * day)), 'year')
}

/** Date and time in the local time zone. */
export function exactTime(time: number): string {
  return formats().precisely.format(time)
}

/** When something that lasts began, in the local time zone: `14:02` today, `12 Nov, 14:02` before. */
export function since(time: number, now: number): string {
  const today = new Date(now).toDateString() === new Date(time).toDateString()
  return (today ? formats().timeOfDay : formats().dayAndTime).format(time)
}

/** The local time of day, for a time so near that its day needs no mention, even across midnight. */
export function clockTime(time: number): string {
  return formats().timeOfDay.format(time)
}

/** A day in the future, as `24 December`. */
export function dayOf(time: number): string {
  return formats().dayOnly.format(time)
}

/** A day that is given as `2027-01-31`, as `31 January 2027`. It belongs to no time zone. */
export function calendarDay(day: string): string {
  return formats().calendarDay.format(Date.parse(`${day}T00:00:00Z`))
}

/** For `<time datetime>`. */
export function machineTime(time: number): string {
  return new Date(time).toISOString()
}

/** Whole seconds from now until then, never below zero. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000))
}
