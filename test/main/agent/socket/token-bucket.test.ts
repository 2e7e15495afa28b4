import { expect, it } from 'vitest'
import { TokenBucket } from '../../../../main/agent/socket/token-bucket.ts'

it('gives so many at once and so many a second, and saves up no more than it began with', () => {
  let now = 1_000
  const allowance = new TokenBucket({ burst: 3, perSecond: 2 }, () => now)
  const taken = (): boolean[] => [1, 2, 3, 4].map(() => allowance.take())
  expect(taken()).toEqual([true, true, true, false])
  now += 499
  expect(allowance.take()).toBe(false)
  now += 501
  expect(taken()).toEqual([true, true, false, false])
  now += 3_600_000
  expect(taken()).toEqual([true, true, true, false])
})
