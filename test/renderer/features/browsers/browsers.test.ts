import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Browsers as Told } from '../../../../preload/contract.ts'
import { type Browser, Browsers } from '../../../../renderer/features/browsers/browsers.svelte.ts'

const chromium: Browser = { id: 'chromium', installed: true, registered: false, blocked: null }
const firefox: Browser = { id: 'firefox', installed: false, registered: false, blocked: null }
/** The browser was uninstalled, but its native host manifest still exists and can be removed. */
const edge: Browser = { id: 'edge', installed: false, registered: true, blocked: null }
const pairing = { id: 'p', browser: '/usr/bin/chromium', at: 1, lastAt: null }
const told: Told = { unreachable: null, browsers: [chromium, firefox, edge], pairings: [pairing] }

let calls: Record<string, ReturnType<typeof vi.fn>>

beforeEach(() => {
  const names = ['browsers.list', 'browsers.register', 'browsers.unregister', 'browsers.unpair', 'browsers.showExtension']
  calls = Object.fromEntries(names.map((name) => [name, vi.fn().mockResolvedValue({ ok: true, value: told })]))
  vi.stubGlobal('window', { latchkey: { calls } })
})

describe('the list of browsers', () => {
  it('separates browsers that are installed or registered from the others', async () => {
    const browsers = new Browsers()
    await browsers.load()
    expect([browsers.installed, browsers.absent]).toEqual([[chromium, edge], [firefox]])
  })

  it('connects and disconnects a browser', async () => {
    const browsers = new Browsers()
    await browsers.setRegistered(chromium, true)
    await browsers.setRegistered(edge, false)
    expect(calls['browsers.register']).toHaveBeenCalledExactlyOnceWith({ id: 'chromium' })
    expect(calls['browsers.unregister']).toHaveBeenCalledExactlyOnceWith({ id: 'edge' })
    expect([browsers.loaded, browsers.busy]).toEqual([told, null])
  })

  it('shows why a browser could not be connected', async () => {
    const browsers = new Browsers()
    await browsers.load()
    calls['browsers.register']?.mockResolvedValue({ ok: false, code: 'browser-unknown' })
    await browsers.setRegistered(firefox, true)
    expect([browsers.refusal, browsers.loaded, browsers.busy]).toEqual(['browser-unknown', told, null])
  })

  it('removes a pairing', async () => {
    const browsers = new Browsers()
    calls['browsers.unpair']?.mockResolvedValue({ ok: true, value: { ...told, pairings: [] } })
    await browsers.unpair(pairing)
    expect(calls['browsers.unpair']).toHaveBeenCalledExactlyOnceWith({ id: 'p' })
    expect(browsers.loaded?.pairings).toEqual([])
  })

  it('shows the folder of the extension', async () => {
    const browsers = new Browsers()
    calls['browsers.showExtension']?.mockResolvedValue({ ok: true, value: { folder: '/extension/chromium' } })
    await browsers.showExtension(chromium)
    expect(calls['browsers.showExtension']).toHaveBeenCalledExactlyOnceWith({ id: 'chromium' })
    expect(browsers.folders).toEqual({ chromium: '/extension/chromium' })
  })
})
