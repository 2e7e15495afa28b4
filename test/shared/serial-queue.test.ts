import { describe, expect, it } from 'vitest'
import { SerialQueue, SerialQueues } from '../../shared/serial-queue.ts'
import { isCollected } from './collected.ts'

/** An operation of three ticks that logs its start and end. */
function told(log: string[], name: string, fails = false): () => Promise<string> {
  return async () => {
    log.push(`${name} begins`)
    for (let tick = 0; tick < 3; tick += 1) await new Promise(setImmediate)
    log.push(`${name} ends`)
    if (fails) throw new Error(name)
    return name
  }
}

describe('a serial queue', () => {
  it('runs one operation after another, in order, and gives each its result', async () => {
    const queue = new SerialQueue()
    const log: string[] = []
    expect(await Promise.all(['a', 'b', 'c'].map((name) => queue.runExclusive(told(log, name))))).toEqual(['a', 'b', 'c'])
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('continues after an operation that failed, at once or later, and rejects for its caller', async () => {
    const queue = new SerialQueue()
    const failed = queue.runExclusive(told([], 'later', true))
    const thrown = queue.runExclusive(() => {
      throw new Error('at once')
    })
    const after = queue.runExclusive(() => 'after')
    await expect(failed).rejects.toThrow('later')
    await expect(thrown).rejects.toThrow('at once')
    expect(await after).toBe('after')
  })

  it('retains neither result nor error of the last operation: a forced garbage collection takes them', async () => {
    const queue = new SerialQueue()
    expect(await isCollected(() => queue.runExclusive(async () => ({ value: 'secret' })))).toBe(true)
    const fail = (): Promise<object> =>
      queue
        .runExclusive(async () => {
          throw new Error('with a secret in it')
        })
        .catch((error: object) => error)
    expect(await isCollected(fail)).toBe(true)
  })

  it('detects a retained result: it is not collected', async () => {
    const queue = new SerialQueue()
    const kept: object[] = []
    const keep = async (): Promise<object> => {
      const result = await queue.runExclusive(async () => ({ value: 'secret' }))
      kept.push(result)
      return result
    }
    expect(await isCollected(keep)).toBe(false)
    expect(kept).toHaveLength(1)
  })
})

describe('serial queues by name', () => {
  it('block only their own name', async () => {
    const queues = new SerialQueues()
    const log: string[] = []
    let release = (): void => {}
    const first = queues.runExclusive('one', () => new Promise<void>((resolve) => (release = resolve)))
    const second = queues.runExclusive('one', told(log, 'second'))
    await queues.runExclusive('other', told(log, 'other'))
    release()
    await Promise.all([first, second])
    expect(log).toEqual(['other begins', 'other ends', 'second begins', 'second ends'])
  })
})
