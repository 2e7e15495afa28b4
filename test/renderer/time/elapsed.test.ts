import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockTime, dayOf, elapsed, exactTime, machineTime, secondsUntil, since } from '../../../renderer/time/elapsed.ts'

const now = Date.UTC(2026, 5, 15, 12)
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe('elapsed', () => {
  it.each([
    [0, 'just now'],
    [59 * second, 'just now'],
    [minute, '1 minute ago'],
    [59 * minute, '59 minutes ago'],
    [hour, '1 hour ago'],
    [23 * hour, '23 hours ago'],
    [day, 'yesterday'],
    [6 * day, '6 days ago'],
    [7 * day, 'last week'],
    [29 * day, '4 weeks ago'],
    [30 * day, 'last month'],
    [364 * day, '12 months ago'],
    [365 * day, 'last year'],
    [3 * 365 * day, '3 years ago'],
  ])('of %d ms is: %s', (passed, words) => {
    expect(elapsed(now - passed, now)).toBe(words)
  })

  it('says just now if the server’s clock is ahead of ours', () => {
    expect(elapsed(now + 10 * minute, now)).toBe('just now')
  })

  it('never mentions the future or zero units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: now }), (time) => {
        expect(elapsed(time, now)).toMatch(/ago$|^just now$|^yesterday$|^last (week|month|year)$/)
        expect(elapsed(time, now)).not.toMatch(/\b0\b|NaN/)
      }),
    )
  })
})

describe('exact times', () => {
  it('include the day and the time of day', () => {
    expect(exactTime(now)).toMatch(/1[456] June 2026 at \d/)
  })

  it('are in UTC for machines', () => {
    expect(machineTime(now)).toBe('2026-06-15T12:00:00.000Z')
  })
})

describe('since', () => {
  const noon = new Date(2026, 5, 15, 12, 5).getTime()

  it('gives the time of day for today, and includes the day before that', () => {
    expect(since(noon, noon + 3 * hour)).toBe('12:05')
    expect(since(noon, noon + day)).toBe('15 Jun, 12:05')
  })
})

describe('a time that is near', () => {
  it('is shown without its day, even across midnight', () => {
    expect(clockTime(new Date(2026, 5, 16, 0, 8).getTime())).toBe('00:08')
  })
})

describe('a future day', () => {
  it('is shown without the time of day', () => {
    expect(dayOf(new Date(2026, 11, 24, 18).getTime())).toBe('24 December')
  })
})

describe('secondsUntil', () => {
  it('rounds up and stops at zero', () => {
    expect([30_000, 29_001, 1, 0, -5000].map((ahead) => secondsUntil(now + ahead, now))).toEqual([30, 30, 1, 0, 0])
  })
})
