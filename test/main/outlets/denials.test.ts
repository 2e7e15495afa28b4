import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrive, Asking, shell } from './asking.ts'

let asking: Asking

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  asking = new Asking()
})
afterEach(() => vi.useRealTimers())

describe('a program that was denied', () => {
  it('is refused the same for ten seconds without asking, from another folder and terminal too', async () => {
    asking.ask()
    await asking.answer('deny')
    asking.changes = 0
    const again = [asking.ask(), asking.ask({ requester: { ...shell, folder: '/elsewhere', terminal: null, session: '99:1' } })]
    await vi.advanceTimersByTimeAsync(9_999)
    again.push(asking.ask())
    await arrive()
    expect(again.map(({ ended }) => ended())).toEqual(Array(3).fill('approval-denied'))
    expect(asking.changes).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('has what else it asked of the same refused with it, and nothing else', async () => {
    const made = [asking.ask(), asking.ask({ detail: 'please' }), asking.ask({ key: 'b' })]
    await asking.answer('deny')
    expect(made.map(({ ended }) => ended())).toEqual(['approval-denied', 'approval-denied', undefined])
    expect(asking.prompts.current()).toMatchObject({ keys: [{ name: 'key-b' }] })
  })

  it('may ask for another key, and another program for the same', async () => {
    asking.ask()
    await asking.answer('deny')
    asking.ask({ key: 'b' })
    expect(asking.prompts.current()).toMatchObject({ waiting: 0 })
    asking.ask({ requester: { ...shell, program: '/usr/bin/make' } })
    expect(asking.prompts.current()).toMatchObject({ waiting: 1 })
  })

  it('cannot wear a person down: each denial doubles the pause, up to five minutes', async () => {
    const pauses: number[] = []
    asking.ask()
    while (pauses.length < 7) {
      await asking.answer('deny')
      const from = Date.now()
      while (asking.prompts.current() === null) {
        await vi.advanceTimersByTimeAsync(5_000)
        asking.ask()
      }
      pauses.push((Date.now() - from) / 1000)
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300])
  })

  it('is asked about as before once it was approved', async () => {
    asking.ask()
    await asking.answer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    asking.ask()
    await asking.answer('once')
    asking.ask()
    await asking.answer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('is not taken for denied when nobody answered', async () => {
    asking.ask()
    await vi.advanceTimersByTimeAsync(60_000)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })
})
