const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayAndTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const precisely = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/**
 * How long ago something was, in words: `just now`, `5 minutes ago`, `yesterday`, `last month`.
 * Both in milliseconds since 1970. A time ahead of ours (the server's clock is not ours) reads as `just now`.
 */
export function elapsed(time: number, now: number): string {
  const passed = now - time
  if (passed < minute) return 'just now'
  if (passed < hour) return ago.format(-Math.floor(passed / minute), 'minute')
  if (passed < day) return ago.format(-Math.floor(passed / hour), 'hour')
  if (passed < 7 * day) return ago.format(-Math.floor(passed / day), 'day')
  if (passed < 30 * day) return ago.format(-Math.floor(passed / (7 * day)), 'week')
  if (passed < 365 * day) return ago.format(-Math.floor(passed / (30 * day)), 'month')
  return ago.format(-Math.floor(passed / (365 * day)), 'year')
}

/** Date and time of day where the reader is. */
export function exactTime(time: number): string {
  return precisely.format(time)
}

/** When something that lasts began, where the reader is: `14:02` today, `12 Nov, 14:02` before. */
export function since(time: number, now: number): string {
  const today = new Date(now).toDateString() === new Date(time).toDateString()
  return (today ? timeOfDay : dayAndTime).format(time)
}

/** The time of day where the reader is, of a moment so near that its day goes without saying, also across midnight. */
export function clockTime(time: number): string {
  return timeOfDay.format(time)
}

/** A day to come, as `24 December`. */
export function dayOf(time: number): string {
  return dayOnly.format(time)
}

/** For `<time datetime>`. */
export function machineTime(time: number): string {
  return new Date(time).toISOString()
}

/** Whole seconds from now until then, never below zero. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000))
}
