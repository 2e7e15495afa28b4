import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NewSite } from '../../../../../renderer/features/keys/detail/newSite.svelte.ts'

const site = { origin: 'https://console.example.com', domain: 'console.example.com' }
let siteOf: ReturnType<typeof vi.fn>

beforeEach(() => {
  siteOf = vi.fn().mockResolvedValue({ ok: true, value: site })
  vi.stubGlobal('window', { latchkey: { calls: { 'keys.parseSite': siteOf } } })
})

async function typed(text: string): Promise<NewSite> {
  const form = Object.assign(new NewSite(), { typed: text })
  await form.look()
  return form
}

describe('adding a site', () => {
  it('shows the site as main normalises the address', async () => {
    const form = await typed(' console.example.com/path ')
    expect(siteOf).toHaveBeenCalledExactlyOnceWith({ url: 'console.example.com/path' })
    expect([form.site, form.fault]).toEqual([site, null])
  })

  it("shows main's reason for an invalid address until the address is corrected", async () => {
    siteOf.mockResolvedValueOnce({ ok: false, code: 'site-invalid' })
    const form = await typed('ftp://nowhere')
    expect([form.site, form.fault]).toEqual([null, 'site-invalid'])
    form.typed = 'console.example.com'
    await form.look()
    expect([form.site, form.fault]).toEqual([site, null])
  })

  it('shows no error for an empty address, and does not ask main', async () => {
    const form = await typed('  ')
    expect([form.site, form.fault]).toEqual([null, null])
    expect(siteOf).not.toHaveBeenCalled()
  })

  it('uses the answer to the last typed address, in whatever order main answers', async () => {
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

  it('submits the origin that was shown, with sub-domains if they were ticked', async () => {
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

  // Whoever pressed Enter before main had answered got nothing, or the beginning of the address as a site.
  it('submits the address as typed last, although main has normalised only its beginning by then', async () => {
    const form = await typed('console.example.co')
    let answered = (_: unknown): void => undefined
    siteOf.mockReturnValueOnce(new Promise((resolve) => (answered = resolve)))
    form.typed = 'console.example.com:8443'
    void form.look()
    const add = vi.fn().mockResolvedValue(undefined)
    const submitted = form.submit(add)
    answered({ ok: true, value: { origin: 'https://console.example.com:8443', domain: null } })
    expect(await submitted).toBe(true)
    expect(add.mock.calls).toEqual([['https://console.example.com:8443', false]])
  })

  it('submits no sub-domains if the site allows none, whatever was ticked for a previous address', async () => {
    const form = await typed('console.example.com')
    form.subdomains = true
    siteOf.mockResolvedValueOnce({ ok: true, value: { origin: 'http://localhost:3000', domain: null } })
    form.typed = 'localhost:3000'
    await form.look()
    const add = vi.fn().mockResolvedValue(undefined)
    await form.submit(add)
    expect(add).toHaveBeenCalledExactlyOnceWith('http://localhost:3000', false)
  })

  it('cannot be submitted while the address is invalid', async () => {
    siteOf.mockResolvedValueOnce({ ok: false, code: 'site-invalid' })
    const form = await typed('nowhere at all')
    const add = vi.fn()
    expect(await form.submit(add)).toBe(false)
    expect([add.mock.calls.length, form.judged]).toEqual([0, true])
  })
})
