import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { timesWith, timeWords } from '../../../renderer/settings/clipboardTimes.ts'
import { Preferences } from '../../../renderer/settings/preferences.svelte.ts'

const settings = { trashDays: 30, clipboardSeconds: 30, quickShortcut: 'Ctrl+Alt+K' }
const told = { settings, shortcutWorks: true, typingBarred: null, hasTray: true, autostartBarred: null }
let set: ReturnType<typeof vi.fn>

beforeEach(() => {
  set = vi.fn().mockImplementation((settings: unknown) => Promise.resolve({ ok: true, value: { ...told, settings, shortcutWorks: false } }))
  const calls = { 'settings.get': vi.fn().mockResolvedValue({ ok: true, value: told }), 'settings.set': set }
  vi.stubGlobal('window', { latchkey: { calls } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

async function loaded(): Promise<Preferences> {
  const preferences = new Preferences()
  await preferences.load()
  return preferences
}

describe('settings', () => {
  it('are sent whole when one of them is chosen, and shown as main then tells them', async () => {
    const preferences = await loaded()
    expect(await preferences.choose({ clipboardSeconds: 60 })).toBe(true)
    expect(set).toHaveBeenCalledExactlyOnceWith({ ...settings, clipboardSeconds: 60 })
    expect(preferences.told).toMatchObject({ settings: { clipboardSeconds: 60 }, shortcutWorks: false })
    await preferences.choose({ quickShortcut: null })
    expect(set).toHaveBeenLastCalledWith({ ...settings, clipboardSeconds: 60, quickShortcut: null })
  })

  it('stay as they are when main refuses, and say why', async () => {
    const preferences = await loaded()
    set.mockResolvedValue({ ok: false, code: 'profile-unusable' })
    expect(await preferences.choose({ clipboardSeconds: 60 })).toBe(false)
    expect([preferences.told, preferences.refusal, preferences.busy]).toEqual([told, 'profile-unusable', false])
  })

  it('cannot be chosen before they are known', async () => {
    expect(await new Preferences().choose({ clipboardSeconds: 60 })).toBe(false)
    expect(set).not.toHaveBeenCalled()
  })
})

describe('how long a copied value stays', () => {
  it('has the present choice among those offered', () => {
    expect(timesWith(30)).toEqual([10, 30, 60, 120, 300])
    expect(timesWith(45)).toEqual([10, 30, 45, 60, 120, 300])
  })

  it('is told in seconds or whole minutes', () => {
    expect([10, 60, 90, 300].map(timeWords)).toEqual(['10 s', '1 min', '90 s', '5 min'])
  })
})
