import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { prompt as promptSchema } from '../../../preload/prompt-contract.ts'
import { accountId, arrive, Asking, choosable, follow, keyId, request, site } from './asking.ts'

let asking: Asking

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  asking = new Asking()
})
afterEach(() => vi.useRealTimers())

describe('choosing a key for a site', () => {
  const wanted = { origin: site.origin, requester: site, domain: 'example.com', keys: [choosable] }

  it('gives the key and whether sub-domains are meant', async () => {
    const chosen = follow(asking.prompts.choose(wanted))
    const current = asking.prompts.current()
    expect(v.is(promptSchema, current)).toBe(true)
    asking.prompts.answer({ id: current?.id ?? '', answer: 'choose', accountId, keyId: keyId('a'), subdomains: true })
    await arrive()
    expect(chosen.ended()).toEqual({ accountId, keyId: keyId('a'), subdomains: true })
  })

  it('takes no key that was not offered, no sub-domains where there are none to allow, and no plain yes', async () => {
    const chosen = follow(asking.prompts.choose({ ...wanted, domain: null }))
    const id = asking.prompts.current()?.id ?? ''
    const said = { id, answer: 'choose', accountId, keyId: keyId('a'), subdomains: false } as const
    for (const wrong of [{ keyId: keyId('b') }, { accountId: 'f'.repeat(16) }, { subdomains: true }]) {
      expect(() => asking.prompts.answer({ ...said, ...wrong })).toThrow('input-invalid')
    }
    expect(() => asking.prompts.answer({ id, answer: 'always' })).toThrow('input-invalid')
    asking.prompts.answer(said)
    await arrive()
    expect(chosen.ended()).toEqual({ accountId, keyId: keyId('a'), subdomains: false })
  })

  it('is denied, and then not asked again for a while', async () => {
    const chosen = follow(asking.prompts.choose(wanted))
    await asking.answer('deny')
    const again = follow(asking.prompts.choose(wanted))
    await arrive()
    expect([chosen.ended(), again.ended()]).toEqual(['approval-denied', 'approval-denied'])
  })
})

describe('a prompt whose requester is gone', () => {
  const asked: Record<string, (withdrawn: AbortSignal) => Promise<unknown>> = {
    'to release a key': (withdrawn) => asking.prompts.ask(request({ purpose: 'fill', requester: site, withdrawn })),
    'to choose one': (withdrawn) =>
      asking.prompts.choose({ origin: site.origin, requester: site, domain: null, keys: [choosable], withdrawn }),
    'to pair': (withdrawn) => asking.prompts.pair({ browser: site.browser, code: '482913', otherAttempts: 0, withdrawn }),
  }

  it.each(Object.entries(asked))('%s is withdrawn, and can be asked again a second later', async (_what, ask) => {
    const controller = new AbortController()
    const withdrawn = follow(ask(controller.signal))
    const next = follow(asking.prompts.pair({ browser: '/other', code: '111111', otherAttempts: 0 }))
    controller.abort()
    await arrive()
    expect(withdrawn.ended()).toBe('approval-expired')
    expect(asking.prompts.current()).toMatchObject({ kind: 'pair', browser: '/other', waiting: 0 })
    expect(next.ended()).toBe(undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    void ask(new AbortController().signal)
    expect(asking.prompts.current()).toMatchObject({ waiting: 1 })
  })

  it.each(Object.entries(asked))('%s is not even asked', async (_what, ask) => {
    const late = follow(ask(AbortSignal.abort()))
    await arrive()
    expect([late.ended(), asking.prompts.current()]).toEqual(['approval-expired', null])
  })
})

describe('pairing a browser', () => {
  it('is confirmed by nothing but that the codes are the same', async () => {
    const paired = follow(asking.prompts.pair({ browser: site.browser, code: '482913', otherAttempts: 0 }).then(() => 'paired'))
    expect(v.is(promptSchema, asking.prompts.current())).toBe(true)
    const id = asking.prompts.current()?.id ?? ''
    expect(() => asking.prompts.answer({ id, answer: 'once' })).toThrow('input-invalid')
    await asking.answer('same-code')
    expect(paired.ended()).toBe('paired')
  })

  it('is refused in its own words, and not asked again for a while, whatever the code', async () => {
    const paired = follow(asking.prompts.pair({ browser: site.browser, code: '482913', otherAttempts: 0 }))
    await asking.answer('deny')
    const again = follow(asking.prompts.pair({ browser: site.browser, code: '111111', otherAttempts: 0 }))
    await arrive()
    expect([paired.ended(), again.ended()]).toEqual(['pairing-refused', 'pairing-refused'])
  })

  it('is told as shown when the person can see it, and not while another question is before it', async () => {
    const shown: string[] = []
    const pair = (code: string) => asking.prompts.pair({ browser: site.browser, code, otherAttempts: 0, shown: () => shown.push(code) })
    const [first] = [follow(pair('111111')), follow(pair('222222'))]
    asking.prompts.markShown('0123456789abcdef')
    expect([shown, first.ended()]).toEqual([[], undefined])
    asking.prompts.markShown(asking.prompts.current()?.id ?? '')
    expect(shown).toEqual(['111111'])
    await asking.answer('same-code')
    expect(shown).toEqual(['111111'])
    asking.prompts.markShown(asking.prompts.current()?.id ?? '')
    expect(shown).toEqual(['111111', '222222'])
  })

  it('of two profiles of a browser: the one that is refused does not end the other', async () => {
    const [first, second] = ['111111', '222222'].map((code) =>
      follow(asking.prompts.pair({ browser: site.browser, code, otherAttempts: 0 }).then(() => 'paired')),
    )
    await asking.answer('deny')
    expect([first?.ended(), second?.ended()]).toEqual(['pairing-refused', undefined])
    await asking.answer('same-code')
    expect(second?.ended()).toBe('paired')
  })
})
