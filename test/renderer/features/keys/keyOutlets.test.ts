import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outlets } from '../../../../preload/contract.ts'
import { KeyOutlets } from '../../../../renderer/features/keys/keyOutlets.svelte.ts'
import { notices } from '../../../../renderer/features/notices/notices.svelte.ts'
import { accountId, idOf } from './samples.ts'

const id = idOf(1)
const site = { id: 'a'.repeat(16), origin: 'https://console.example.com', domain: 'console.example.com', at: 1 }
const use = { purpose: 'copy', requester: { kind: 'person' }, at: 1 } as const
const both: Outlets = { sites: [site], uses: [use] }

let calls: Record<'keys.outlets' | 'keys.addSite' | 'keys.removeSite', ReturnType<typeof vi.fn>>
let change: () => void

beforeEach(() => {
  vi.useFakeTimers()
  const answer = (value: Outlets) => vi.fn().mockResolvedValue({ ok: true, value })
  calls = { 'keys.outlets': answer(both), 'keys.addSite': answer(both), 'keys.removeSite': answer({ ...both, sites: [] }) }
  const events = { 'keys.changed': (heard: () => void) => ((change = heard), () => undefined) }
  vi.stubGlobal('window', { latchkey: { calls, events } })
})

afterEach(() => {
  notices.dismiss()
  vi.useRealTimers()
})

describe('a key’s sites and uses', () => {
  it('are loaded at once, and again when main announces a change of keys', async () => {
    const outlets = new KeyOutlets(accountId, id)
    outlets.open()
    await vi.waitFor(() => expect(outlets.sites).toEqual([site]))
    expect(outlets.uses).toEqual([use])
    calls['keys.outlets'].mockResolvedValue({ ok: true, value: { sites: [], uses: [use, use] } })
    change()
    await vi.waitFor(() => expect(outlets.uses).toHaveLength(2))
    expect(calls['keys.outlets']).toHaveBeenCalledWith({ accountId, id })
  })

  it('show why they could not be loaded, unless the key was deleted, which closes the pane', async () => {
    const outlets = new KeyOutlets(accountId, id)
    calls['keys.outlets'].mockResolvedValue({ ok: false, code: 'internal' })
    await outlets.load()
    expect(outlets.refusal).toBe('internal')
    const gone = new KeyOutlets(accountId, id)
    calls['keys.outlets'].mockResolvedValue({ ok: false, code: 'key-not-found' })
    await gone.load()
    expect(gone.refusal).toBe(null)
  })

  it('a site is removed at once, and restored unchanged by undo', async () => {
    const leave = notices.keysOf(accountId)
    const outlets = new KeyOutlets(accountId, id)
    await outlets.load()
    await outlets.remove(site)
    expect(calls['keys.removeSite']).toHaveBeenCalledExactlyOnceWith({ accountId, id, siteId: site.id })
    expect(outlets.sites).toEqual([])
    expect(notices.shown?.text).toBe('console.example.com removed')
    notices.act()
    await vi.waitFor(() => expect(outlets.sites).toEqual([site]))
    expect(calls['keys.addSite']).toHaveBeenCalledExactlyOnceWith({ accountId, id, url: site.origin, subdomains: true })
    leave()
  })

  it('a site whose removal was refused stays, with the reason', async () => {
    const outlets = new KeyOutlets(accountId, id)
    await outlets.load()
    calls['keys.removeSite'].mockResolvedValue({ ok: false, code: 'disk-full' })
    await outlets.remove(site)
    expect([outlets.sites, outlets.refusal, outlets.removing]).toEqual([[site], 'disk-full', null])
    expect(notices.shown).toBe(null)
  })

  it('a refused addition is reported to the form and not to the pane', async () => {
    calls['keys.addSite'].mockResolvedValue({ ok: false, code: 'site-invalid' })
    await expect(new KeyOutlets(accountId, id).add('x', false)).rejects.toThrow('site-invalid')
  })
})
