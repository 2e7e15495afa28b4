import { describe, expect, it } from 'vitest'
import { withDeadline } from '../../shared/deadline.ts'

const never = new Promise<never>(() => {})

describe('a deadline', () => {
  it('returns the result or the failure of work that ends in time', async () => {
    expect(await withDeadline(Promise.resolve('done'), 1_000, () => 'late')).toBe('done')
    await expect(withDeadline(Promise.reject(new Error('failed')), 1_000, () => 'late')).rejects.toThrow('failed')
  })

  it('returns or throws the result of `onTimeout` for work that takes too long', async () => {
    expect(await withDeadline(never, 1, () => 'late')).toBe('late')
    const failing = withDeadline(never, 1, () => {
      throw new Error('too late')
    })
    await expect(failing).rejects.toThrow('too late')
  })

  it('ignores a later failure of the work', async () => {
    let fail = (_: Error): void => {}
    const work = new Promise<never>((_, reject) => (fail = reject))
    expect(await withDeadline(work, 1, () => 'late')).toBe('late')
    fail(new Error('nobody hears this'))
    await new Promise(setImmediate) // an unhandled rejection would fail the test file
  })

  it('leaves no timer behind, which would keep a program from ending', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length
    const before = timers()
    await withDeadline(Promise.resolve(), 60_000, () => undefined)
    expect(timers()).toBe(before)
  })
})
