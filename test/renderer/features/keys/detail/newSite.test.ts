import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NewSite } from '../../../../../renderer/features/keys/detail/newSite.svelte.ts'

const site = { origin: 'https://console.example.com', domain: 'console.example.com' }
let siteOf: ReturnType<typeof vi.fn>

beforeEach(() => {
  siteOf = vi.fn().mockResolvedValue({ ok: true, value: site })
  vi.stubGlobal('window', { latchkey: { calls: { 'keys.siteOf': siteOf } } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

async function typed(text: string): Promise<NewSite> {
  const form = Object.assign(new NewSite(), { typed: text })
  await form.look()
  return form
}

describe('a site being added', () => {
  it('is what main makes of the address', async () => {
    const form = await typed(' console.example.com/path ')
    expect(siteOf).toHaveBeenCalledExactlyOnceWith({ url: 'console.example.com/path' })
    expect([form.site, form.fault]).toEqual([site, null])
  })

  it('is none, for the reason that main gives, until the address is mended', async () => {
    siteOf.mockResolvedValueOnce({ ok: false, code: 'site-invalid' })
    const form = await typed('ftp://nowhere')
    expect([form.site, form.fault]).toEqual([null, 'site-invalid'])
    form.typed = 'console.example.com'
    await form.look()
    expect([form.site, form.fault]).toEqual([site, null])
  })

  it('is none and no fault while nothing is typed, and main is not asked', async () => {
    const form = await typed('  ')
    expect([form.site, form.fault]).toEqual([null, null])
    expect(siteOf).not.toHaveBeenCalled()
  })

  it('is what was typed last, in whatever order main answers', async () => {
    let late = (_: unknown): void => undefined
    siteOf.mockReturnValueOnce(new Promise((resolve) => (late = resolve)))
    const form = Object.assign(new NewSite(), { typed: 'first.example' })
    const first = form.look()
    form.typed = 'console.example.com'
    await form.look()
    late({ ok: true, value: { origin: 'https://first.example', domain: null } })
    await first
    expect(form.site).toEqual(site)
  })

  it('is handed on as the origin that was shown, with its sub-domains if they were wished for', async () => {
    const form = await typed('console.example.com')
    const add = vi.fn().mockResolvedValue(undefined)
    expect(await form.submit(add)).toBe(true)
    form.subdomains = true
    expect(await form.submit(add)).toBe(true)
    expect(add.mock.calls).toEqual([
      [site.origin, false],
      [site.origin, true],
    ])
  })

  it('has no sub-domains where there are none to allow, whatever was ticked for the address before', async () => {
    const form = await typed('console.example.com')
    form.subdomains = true
    siteOf.mockResolvedValueOnce({ ok: true, value: { origin: 'http://localhost:3000', domain: null } })
    form.typed = 'localhost:3000'
    await form.look()
    const add = vi.fn().mockResolvedValue(undefined)
    await form.submit(add)
    expect(add).toHaveBeenCalledExactlyOnceWith('http://localhost:3000', false)
  })

  it('is not handed on while it is none', async () => {
    siteOf.mockResolvedValueOnce({ ok: false, code: 'site-invalid' })
    const form = await typed('nowhere at all')
    const add = vi.fn()
    expect(await form.submit(add)).toBe(false)
    expect([add.mock.calls.length, form.judged]).toEqual([0, true])
  })
})
