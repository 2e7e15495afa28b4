import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrive, Asking, choosable, follow, request, shell, site } from './asking.ts'

let asking: Asking

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  asking = new Asking()
})
afterEach(() => vi.useRealTimers())

describe('a program that was denied', () => {
  it('is refused for ten seconds without asking, from another folder and terminal too', async () => {
    await asking.askAndAnswer('deny')
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

  // It was refused the same keys for the same purpose alone: with two keys and four purposes it was asked about twelve times in a second.
  it('is refused whatever else it asks, and another program is not', async () => {
    await asking.askAndAnswer('deny')
    const both = { keys: [...request().keys, ...request({ key: 'b' }).keys] }
    const others = [
      asking.ask({ key: 'b' }),
      asking.ask(both),
      asking.ask({ purpose: 'inject' }),
      follow(asking.prompts.pair({ browser: shell.program, code: '111111', otherAttempts: 0 })),
    ]
    await arrive()
    expect(others.map(({ ended }) => ended())).toEqual(['approval-denied', 'approval-denied', 'approval-denied', 'pairing-refused'])
    expect(asking.prompts.current()).toBeNull()
    asking.ask({ requester: { ...shell, program: '/usr/bin/make' } })
    expect(asking.prompts.current()).toMatchObject({ waiting: 0 })
  })

  // A program had another one's questions refused by asking through `bash -c` itself: both came as the shell.
  it('behind a shell has no other program refused behind the same shell, nor its questions', async () => {
    const behind = (startedBy: string, pid: number) => ({ ...shell, process: { pid, startedAt: pid, startedBy } })
    const made = ['a', 'b', 'c'].map((key) => asking.ask({ key, requester: behind('/home/someone/evil', 1) }))
    const other = asking.ask({ requester: behind('/usr/bin/xterm', 2) })
    await arrive()
    expect([...made, other].map(({ ended }) => ended())).toEqual(Array(4).fill(undefined)) // though three of one may wait
    for (let left = made.length; left > 0; left -= 1) await asking.answer('deny')
    expect(asking.prompts.current()).toMatchObject({ requester: { process: { startedBy: '/usr/bin/xterm' } } })
    const again = asking.ask({ key: 'd', requester: { ...behind('/home/someone/evil', 3), folder: '/', terminal: null, session: '9:9' } })
    await arrive()
    expect([again.ended(), other.ended()]).toEqual(['approval-denied', undefined])
  })

  it('that has the same question as another program behind the same shell is refused alone', async () => {
    const behind = (startedBy: string) => ({ ...shell, process: { pid: 1, startedAt: 1, startedBy } })
    const [one, other] = [asking.ask({ requester: behind('/home/someone/evil') }), asking.ask({ requester: behind('/usr/bin/xterm') })]
    await asking.answer('deny')
    expect([one.ended(), other.ended()]).toEqual(['approval-denied', undefined])
  })

  it('where it was a site is refused whatever it asks, and another site of the browser is not', async () => {
    asking.ask({ purpose: 'fill', requester: site })
    await asking.answer('deny')
    const choice = { origin: site.origin, requester: site, domain: null, keys: [choosable] }
    const refused = [asking.ask({ purpose: 'fill', requester: site, key: 'b' }), follow(asking.prompts.choose(choice))]
    await arrive()
    expect(refused.map(({ ended }) => ended())).toEqual(['approval-denied', 'approval-denied'])
    follow(asking.prompts.choose({ ...choice, origin: 'https://other.example', requester: { ...site, origin: 'https://other.example' } }))
    expect(asking.prompts.current()).toMatchObject({ origin: 'https://other.example' })
  })

  it('cannot wear a person down: each denial doubles the pause, up to five minutes', async () => {
    const pauses: number[] = []
    asking.ask()
    while (pauses.length < 7) {
      await asking.answer('deny')
      const from = Date.now()
      while (asking.prompts.current() === null) {
        expect(Date.now() - from, `the next prompt, after pauses of ${pauses.join(', ')} s`).toBeLessThan(1_000_000)
        await vi.advanceTimersByTimeAsync(5_000)
        asking.ask()
      }
      pauses.push((Date.now() - from) / 1000)
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300])
  })

  it('is asked about as before once it was approved', async () => {
    await asking.askAndAnswer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    await asking.askAndAnswer('once')
    await asking.askAndAnswer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('has its doubling forgotten five minutes after the pause', async () => {
    await asking.askAndAnswer('deny')
    await vi.advanceTimersByTimeAsync(310_001)
    await asking.askAndAnswer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })
})

describe('a program whose prompts were not answered', () => {
  it('may ask again after a second, and is told that it asks too much before', async () => {
    asking.ask()
    await vi.advanceTimersByTimeAsync(60_000)
    const again = asking.ask()
    await vi.advanceTimersByTimeAsync(999)
    expect(again.ended()).toBe('approval-busy')
    await vi.advanceTimersByTimeAsync(1)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('is held to it too where the timer came late, after a sleep', async () => {
    asking.ask()
    vi.setSystemTime(Date.now() + 60_000)
    await asking.answer('once')
    const again = asking.ask()
    await arrive()
    expect(again.ended()).toBe('approval-busy')
  })

  // Each prompt was gone before its window took an answer, and the next one was up: it could not be denied, and never ended.
  it('cannot keep a prompt up that takes no answer: each that it takes back doubles the pause', async () => {
    const shown: number[] = []
    const from = Date.now()
    while (Date.now() - from < 60_000) {
      const controller = new AbortController()
      asking.ask({ withdrawn: controller.signal, key: shown.length % 2 === 0 ? 'a' : 'b' })
      if (asking.prompts.current() !== null) shown.push((Date.now() - from) / 1000)
      await vi.advanceTimersByTimeAsync(400)
      controller.abort()
      await arrive()
    }
    expect(shown).toEqual([0, 1.6, 4, 8.4, 16.8, 33.2])
  })

  it('is held to no more where all that it had asked is taken back together', async () => {
    const controller = new AbortController()
    for (const key of ['a', 'b', 'c']) asking.ask({ key, withdrawn: controller.signal })
    controller.abort()
    await vi.advanceTimersByTimeAsync(1_000)
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('goes on being denied where it takes the rest back after a no', async () => {
    const controller = new AbortController()
    asking.ask()
    asking.ask({ key: 'b', withdrawn: controller.signal })
    await asking.answer('deny')
    controller.abort()
    const again = asking.ask()
    await arrive()
    expect(again.ended()).toBe('approval-denied')
  })

  it('is not held to what was never shown', async () => {
    const controller = new AbortController()
    asking.ask({ requester: { ...shell, program: '/usr/bin/make' } })
    asking.ask({ withdrawn: controller.signal })
    controller.abort()
    asking.ask()
    expect(asking.prompts.current()).toMatchObject({ waiting: 1 })
  })
})
