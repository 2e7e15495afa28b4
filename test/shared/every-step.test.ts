import { expect, it } from 'vitest'
import { everyStep } from '../../shared/every-step.ts'

it('every step starts at once and in order, whatever the others do, and each failure is reported', async () => {
  const log: string[] = []
  const failures: unknown[] = []
  const steps = [
    () => log.push('first'),
    () => {
      throw new Error('at once')
    },
    async () => {
      log.push('third')
      await new Promise(setImmediate)
      throw new Error('later')
    },
    async () => {
      log.push('fourth')
      await new Promise(setImmediate)
      await new Promise(setImmediate)
      log.push('ended')
    },
  ]
  const done = everyStep(steps, (error) => failures.push((error as Error).message))
  expect(log).toEqual(['first', 'third', 'fourth'])
  await done
  expect([log, failures]).toEqual([
    ['first', 'third', 'fourth', 'ended'],
    ['at once', 'later'],
  ])
})
