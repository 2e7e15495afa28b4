import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clipboard } from '../../../main/outlets/clipboard.ts'
import { Secret } from '../../../main/vault/secret.ts'

/** One suite for both of Electron's clipboards: the older answers at once, the newer later. */
describe.each([
  ['at once', <T>(value: T): T | Promise<T> => value],
  ['later', <T>(value: T): T | Promise<T> => Promise.resolve(value)],
])('the clipboard of a system that answers %s', (_kind, answered) => {
  let held: string
  let cleared: number
  let clipboard: Clipboard

  beforeEach(() => {
    vi.useFakeTimers()
    held = 'what was there'
    cleared = 0
    const system = {
      readText: () => answered(held),
      writeText: (text: string) => answered(void (held = text)),
      clear: () => answered(void (held = '')),
    }
    clipboard = new Clipboard(system, () => (cleared += 1), () => 1_000_000)
  })
  afterEach(() => vi.useRealTimers())

  it('holds a value for 30 seconds and says until when', async () => {
    expect(await clipboard.lend(new Secret('value'))).toBe(1_030_000)
    await vi.advanceTimersByTimeAsync(29_999)
    expect([held, cleared]).toEqual(['value', 0])
    await vi.advanceTimersByTimeAsync(1)
    expect([held, cleared]).toEqual(['', 1])
  })

  it('leaves what was copied since, and says that the value is gone', async () => {
    await clipboard.lend(new Secret('value'))
    held = 'something else'
    await vi.advanceTimersByTimeAsync(30_000)
    expect([held, cleared]).toEqual(['something else', 1])
  })

  it('counts anew for a second value', async () => {
    await clipboard.lend(new Secret('first'))
    await vi.advanceTimersByTimeAsync(20_000)
    await clipboard.lend(new Secret('second'))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(held).toBe('second')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(held).toBe('')
  })

  it('takes a value back at once on lock and quit', async () => {
    await clipboard.lend(new Secret('value'))
    await clipboard.takeBack()
    expect([held, cleared]).toEqual(['', 1])
    held = 'copied after'
    await vi.advanceTimersByTimeAsync(60_000)
    expect([held, cleared]).toEqual(['copied after', 1])
  })

  it('keeps what is no secret, and takes nothing back that it did not lend', async () => {
    await clipboard.give('an id')
    await clipboard.takeBack()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([held, cleared]).toEqual(['an id', 0])
  })
})
