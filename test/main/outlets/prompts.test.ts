import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { prompt as promptSchema } from '../../../preload/prompt-contract.ts'
import { accountId, arrive, Asking, choosable, follow, keyId, shell, site } from './asking.ts'

let asking: Asking

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  asking = new Asking()
})
afterEach(() => vi.useRealTimers())

describe('a prompt for a release', () => {
  it('is shown as the prompt’s window takes it, with everything that it is about', () => {
    asking.ask({ detail: 'node serve.js', purpose: 'run' })
    const current = asking.prompts.current()
    expect(v.is(promptSchema, current)).toBe(true)
    expect(current).toMatchObject({
      ...{ kind: 'release', purpose: 'run', requester: shell, detail: 'node serve.js', minutes: 15, expiresAt: 1_060_000, waiting: 0 },
      keys: [{ name: 'key-a', account: 'This computer' }],
    })
  })

  it.each([
    ['once', shell],
    ['for-a-while', shell],
    ['always', site],
  ] as const)('is approved %s', async (word, requester) => {
    const asked = asking.ask({ requester })
    await asking.answer(word)
    expect(asked.ended()).toBe(word)
    expect(asking.prompts.current()).toBeNull()
  })

  it('of a program is not answered for always: nothing binds such an answer to a program', async () => {
    const asked = asking.ask()
    expect(asking.prompts.current()).toMatchObject({ answers: ['once', 'for-a-while'] })
    const id = asking.prompts.current()?.id ?? ''
    expect(() => asking.prompts.answer({ id, answer: 'always' })).toThrow('input-invalid')
    await arrive()
    expect(asked.ended()).toBeUndefined()
    asking.prompts.refuseAll('locked')
    asking.ask({ requester: site })
    expect(asking.prompts.current()).toMatchObject({ answers: ['once', 'for-a-while', 'always'] })
  })

  it('is denied', async () => {
    const asked = asking.ask()
    await asking.answer('deny')
    expect(asked.ended()).toBe('approval-denied')
    expect(asking.prompts.current()).toBeNull()
  })

  it('that nobody answers dies after sixty seconds', async () => {
    const asked = asking.ask()
    await vi.advanceTimersByTimeAsync(59_999)
    expect(asked.ended()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(asked.ended()).toBe('approval-expired')
    expect(asking.prompts.current()).toBeNull()
  })

  it('is not approved after its time, even if its timer was held up by a sleep', async () => {
    const asked = asking.ask()
    vi.setSystemTime(Date.now() + 60_000)
    await asking.answer('for-a-while')
    expect(asked.ended()).toBe('approval-expired')
  })

  it('takes no answer to another question, and waits on', async () => {
    const asked = asking.ask()
    const id = asking.prompts.current()?.id ?? ''
    expect(() => asking.prompts.answer({ id, answer: 'same-code' })).toThrow('input-invalid')
    const chosen = { accountId, keyId: keyId('a'), subdomains: false }
    expect(() => asking.prompts.answer({ id, answer: 'choose', ...chosen })).toThrow('input-invalid')
    await arrive()
    expect(asked.ended()).toBeUndefined()
    await asking.answer('once')
    expect(asked.ended()).toBe('once')
  })

  it('is not answered by an answer to one that is over', async () => {
    asking.ask({ key: 'a' })
    const over = asking.prompts.current()?.id ?? ''
    await asking.answer('once')
    const asked = asking.ask({ key: 'b' })
    asking.prompts.answer({ id: over, answer: 'for-a-while' })
    await arrive()
    expect(asked.ended()).toBeUndefined()
    expect(asking.prompts.current()?.id).not.toBe(over)
  })

  it('has its words cut where they are longer than a window could show, and says so', () => {
    asking.ask({ detail: 'x'.repeat(5000) })
    const current = asking.prompts.current()
    expect(v.is(promptSchema, current)).toBe(true)
    expect(current).toMatchObject({ detail: `${'x'.repeat(4095)}…` })
  })

  it('is refused where a path is longer than a window could show: cut off, it would be another one', async () => {
    const long = `/${'x'.repeat(4096)}`
    const { prompts } = asking
    const refused = [
      asking.ask({ requester: { ...shell, program: long } }),
      asking.ask({ requester: { ...shell, folder: long } }),
      asking.ask({ requester: { ...site, origin: long } }),
      asking.ask({ keys: [] }),
      follow(prompts.pair({ browser: long, code: '123456', otherAttempts: 0 })),
      follow(prompts.choose({ origin: long, requester: site, domain: null, keys: [choosable] })),
    ]
    await arrive()
    expect(refused.map(({ ended }) => ended())).toEqual(Array(6).fill('request-invalid'))
    expect(asking.changes).toBe(0)
  })
})

describe('a value that a program brings', () => {
  const requester = { kind: 'program', program: '/bin/bash', folder: '/home/ada', terminal: 'pts/1', session: 's' } as const
  const store = (name = 'github', change: object = {}) =>
    follow(asking.prompts.confirmStore({ name, same: null, requester: { ...requester, ...change }, withdrawn: never }).then(() => 'stored'))
  const never = new AbortController().signal

  it('is shown as the prompt’s window takes it, with its name, the program and the key of the same value', () => {
    void asking.prompts
      .confirmStore({ name: 'github', same: { name: 'ci', account: 'Work' }, requester, withdrawn: never })
      .catch(() => undefined)
    const current = asking.prompts.current()
    expect(v.is(promptSchema, current)).toBe(true)
    expect(current).toMatchObject({ kind: 'store', name: 'github', same: { name: 'ci', account: 'Work' }, requester })
  })

  it('is stored after its own answer alone', async () => {
    const one = store()
    const id = asking.prompts.current()?.id ?? ''
    for (const answer of ['once', 'always', 'same-code', 'send'] as const) {
      expect(() => asking.prompts.answer({ id, answer })).toThrow('input-invalid')
    }
    await asking.answer('store')
    expect(one.ended()).toBe('stored')
  })

  it('is not asked about again under other names, once it was denied', async () => {
    const all = [store('a'), store('b')]
    await asking.answer('deny')
    expect(all.map(({ ended }) => ended())).toEqual(['approval-denied', 'approval-denied'])
    expect(asking.prompts.current()).toBe(null)
  })

  it('is refused if the program has a path that is too long to be shown', async () => {
    const one = store('github', { program: 'x'.repeat(5000) })
    await vi.waitFor(() => expect(one.ended()).toBe('request-invalid'))
    expect(asking.prompts.current()).toBe(null)
  })
})

describe('a server to be confirmed', () => {
  const server = { url: 'https://keys.example/latchkey', appId: 'team' }
  const asked = { server, isNew: true, sends: 'password', key: null } as const
  const confirm = (change: object = {}) => follow(asking.prompts.confirmServer({ ...asked, ...change }).then(() => 'confirmed'))

  it('is shown as the prompt’s window takes it, with what is sent there', () => {
    confirm({ sends: 'stored-value', key: { name: 'ci', account: 'Stored values' }, isNew: false })
    const current = asking.prompts.current()
    expect(v.is(promptSchema, current)).toBe(true)
    expect(current).toMatchObject({
      ...{ kind: 'server', url: server.url, appId: 'team', isNew: false, sends: 'stored-value', expiresAt: 1_060_000 },
      key: { name: 'ci', account: 'Stored values' },
    })
  })

  it('is confirmed by its own answer alone', async () => {
    const one = confirm()
    const id = asking.prompts.current()?.id ?? ''
    for (const answer of ['once', 'for-a-while', 'always', 'same-code'] as const) {
      expect(() => asking.prompts.answer({ id, answer })).toThrow('input-invalid')
    }
    await asking.answer('send')
    expect([one.ended(), asking.prompts.current()]).toEqual(['confirmed', null])
    const request = asking.ask()
    expect(() => asking.prompts.answer({ id: asking.prompts.current()?.id ?? '', answer: 'send' })).toThrow('input-invalid')
    await asking.answer('deny')
    expect(request.ended()).toBe('approval-denied')
  })

  it('is not confirmed by a no, a minute without an answer or a lock', async () => {
    const denied = confirm()
    await asking.answer('deny')
    await vi.advanceTimersByTimeAsync(10_000)
    const late = confirm()
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.advanceTimersByTimeAsync(20_000)
    const locked = confirm()
    asking.prompts.refuseAll('locked')
    await arrive()
    expect([denied, late, locked].map(({ ended }) => ended())).toEqual(['server-unconfirmed', 'approval-expired', 'locked'])
  })

  it('is not asked about right after a no, whichever server a page names then', async () => {
    confirm()
    await asking.answer('deny')
    const again = confirm({ server: { ...server, url: 'https://other.example' } })
    await arrive()
    expect([again.ended(), asking.prompts.current()]).toEqual(['server-unconfirmed', null])
    await vi.advanceTimersByTimeAsync(10_000)
    confirm({ server: { ...server, url: 'https://other.example' } })
    expect(asking.prompts.current()).toMatchObject({ url: 'https://other.example' })
  })
})

describe('queued prompts', () => {
  it('are asked one at a time, in the order in which they were made', async () => {
    const asked = ['a', 'b', 'c'].map((key) => asking.ask({ key }))
    const seen: unknown[] = []
    for (const word of ['once', 'deny', 'for-a-while'] as const) {
      const current = asking.prompts.current()
      seen.push([current?.kind === 'release' && current.keys[0]?.name, current?.waiting])
      await asking.answer(word)
    }
    expect(seen).toEqual([
      ['key-a', 2],
      ['key-b', 1],
      ['key-c', 0],
    ])
    expect(asked.map(({ ended }) => ended())).toEqual(['once', 'approval-denied', 'for-a-while'])
  })

  it('die sixty seconds after each was made, also one that was never shown', async () => {
    const first = asking.ask({ key: 'a' })
    await vi.advanceTimersByTimeAsync(30_000)
    const second = asking.ask({ key: 'b' })
    await vi.advanceTimersByTimeAsync(10_000)
    const third = asking.ask({ key: 'c' })
    await vi.advanceTimersByTimeAsync(20_000)
    expect([first.ended(), second.ended()]).toEqual(['approval-expired', undefined])
    expect(asking.prompts.current()).toMatchObject({ expiresAt: 1_090_000, waiting: 1 })
    await vi.advanceTimersByTimeAsync(30_000)
    expect([second.ended(), third.ended()]).toEqual(['approval-expired', undefined])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(third.ended()).toBe('approval-expired')
    expect(asking.prompts.current()).toBeNull()
  })

  it('of one program are three at most, in whatever folder and terminal', async () => {
    const made = ['a', 'b', 'c', 'd'].map((key, index) =>
      asking.ask({ key, requester: { ...shell, folder: `/${key}`, session: `${index}` } }),
    )
    await arrive()
    expect(made.map(({ ended }) => ended())).toEqual([undefined, undefined, undefined, 'approval-busy'])
  })

  it('of one browser are three at most, whatever they are for', async () => {
    const { browser } = site
    asking.ask({ requester: site })
    follow(asking.prompts.choose({ origin: site.origin, requester: site, domain: null, keys: [choosable] }))
    const pairing = follow(asking.prompts.pair({ browser, code: '123456', otherAttempts: 0 }))
    const fourth = asking.ask({ requester: { ...site, origin: 'https://other.example' } })
    await arrive()
    expect([pairing.ended(), fourth.ended()]).toEqual([undefined, 'approval-busy'])
  })

  it('are five at most, and one that is answered makes room', async () => {
    const programs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...shell, program: `/usr/bin/${name}` }))
    const made = programs.map((requester) => asking.ask({ requester }))
    await arrive()
    expect(made.map(({ ended }) => ended())).toEqual([undefined, undefined, undefined, undefined, undefined, 'approval-busy'])
    await asking.answer('once')
    const late = asking.ask({ requester: { ...shell, program: '/usr/bin/g' } })
    await arrive()
    expect(late.ended()).toBeUndefined()
  })

  it('that are the same are approved with the one whose answer is remembered', async () => {
    const made = [asking.ask(), asking.ask(), asking.ask({ key: 'b' })]
    await asking.answer('for-a-while')
    expect(made.map(({ ended }) => ended())).toEqual(['for-a-while', 'once', undefined])
    expect(asking.prompts.current()).toMatchObject({ keys: [{ name: 'key-b' }], waiting: 0 })
  })

  it.each([
    ['another key', { key: 'b' }],
    ['another purpose', { purpose: 'inject' }],
    ['another folder', { requester: { ...shell, folder: '/home/someone/other' } }],
    ['another terminal’s session', { requester: { ...shell, session: '72:8' } }],
  ] as const)('are asked each for itself where they differ by %s', async (_by, change) => {
    const made = [asking.ask(), asking.ask(change)]
    await asking.answer('for-a-while')
    expect(made.map(({ ended }) => ended())).toEqual(['for-a-while', undefined])
  })

  it('that are the same are asked again after an answer for once', async () => {
    const made = [asking.ask(), asking.ask()]
    await asking.answer('once')
    expect(made.map(({ ended }) => ended())).toEqual(['once', undefined])
  })
})

describe('prompts at a lock', () => {
  it('refuses everything that waits, at once and without holding it against anybody', async () => {
    const made = [
      asking.ask(),
      follow(asking.prompts.pair({ browser: site.browser, code: '482913', otherAttempts: 0 })),
      asking.ask({ key: 'b' }),
    ]
    asking.changes = 0
    asking.prompts.refuseAll('locked')
    await arrive()
    expect(made.map(({ ended }) => ended())).toEqual(['locked', 'locked', 'locked'])
    expect([asking.prompts.current(), asking.changes]).toEqual([null, 1])
    asking.ask()
    expect(asking.prompts.current()).not.toBeNull()
  })

  it('leaves no timer behind', async () => {
    asking.ask()
    asking.prompts.refuseAll('locked')
    expect(vi.getTimerCount()).toBe(0)
    asking.ask({ key: 'b' })
    await asking.answer('once')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the watcher of prompts', () => {
  it('is told of each change, and of nothing where nothing changed', async () => {
    asking.ask()
    expect(asking.changes).toBe(1)
    asking.ask({ key: 'b' })
    expect(asking.changes).toBe(2)
    await asking.answer('once')
    expect(asking.changes).toBe(3)
    asking.prompts.answer({ id: 'f'.repeat(16), answer: 'once' })
    expect(asking.changes).toBe(3)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asking.changes).toBe(4)
    asking.prompts.refuseAll('locked')
    expect(asking.changes).toBe(4)
  })
})
