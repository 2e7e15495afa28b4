import { afterEach, describe, expect, it, vi } from 'vitest'
import { daysUntil, expiryTexts, isExpired } from '../../../../renderer/features/keys/expiry.ts'
import { needsAttention } from '../../../../renderer/features/keys/keyState.ts'
import { noDetails } from '../../../../shared/key-details.ts'
import { key } from './samples.ts'

/** A time of the local time zone, in milliseconds since 1970. */
function local(day: number, hour: number, minute = 0): number {
  return new Date(2027, 0, day, hour, minute).getTime()
}

describe('when a key expires', () => {
  it.each([
    ['2027-01-31', 31, 0, 0, 'Expires today'],
    ['2027-01-31', 31, 23, 59, 'Expires today'],
    ['2027-01-31', 30, 23, 59, 'Expires in 1 day'],
    ['2027-01-31', 26, 12, 0, 'Expires in 5 days'],
    ['2027-02-01', 1, 0, 1, 'Expires in 31 days'],
    ['2027-01-31', 32, 0, 0, 'Expired'],
  ])('%s reads on January %i, %i:%i, as %s', (...[day, today, hour, minute, text]) => {
    expect(expiryTexts(day, local(today, hour, minute)).text).toBe(text)
  })

  it('counts days of the calendar, whatever a change of the clocks adds', () => {
    for (let days = 0; days < 400; days += 1) {
      const now = new Date(2027, 0, 1 + days, 12)
      const pad = (part: number) => String(part).padStart(2, '0')
      const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
      expect(daysUntil(today, now.getTime())).toBe(0)
    }
  })

  it('is in its row from thirty days before', () => {
    expect(expiryTexts('2027-01-31', local(1, 12))).toMatchObject({ isNear: true, isOver: false })
    expect(expiryTexts('2027-02-01', local(1, 12))).toMatchObject({ isNear: false, isOver: false })
    expect(expiryTexts('2027-01-31', local(40, 12))).toMatchObject({ isNear: true, isOver: true, icon: 'warning' })
  })
})

describe('an expired key', () => {
  afterEach(() => void vi.useRealTimers())

  it('needs attention from the day after its last one', () => {
    vi.useFakeTimers({ now: local(31, 23, 59) })
    const one = key('ci', 1, { details: { ...noDetails, expires: '2027-01-31' } })
    expect([needsAttention(one), isExpired(null, Date.now())]).toEqual([false, false])
    vi.setSystemTime(local(32, 0))
    expect(needsAttention(one)).toBe(true)
  })
})
