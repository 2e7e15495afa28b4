import { beforeEach, describe, expect, it, vi } from 'vitest'
import { offered, withPresent } from '../../../../renderer/features/settings/offered.ts'
import { de } from '../../../../renderer/i18n/de.ts'
import { en } from '../../../../renderer/i18n/en.ts'
import { Preferences } from '../../../../renderer/features/settings/preferences.svelte.ts'

const settings = { trashDays: 30, clipboardSeconds: 30, quickShortcut: 'Ctrl+Alt+K' }
const told = { settings, shortcutWorks: true, typingUnavailable: null, hasTray: true, autostartUnavailable: null }
let set: ReturnType<typeof vi.fn>

beforeEach(() => {
  set = vi.fn().mockImplementation((settings: unknown) => Promise.resolve({ ok: true, value: { ...told, settings, shortcutWorks: false } }))
  const calls = { 'settings.get': vi.fn().mockResolvedValue({ ok: true, value: told }), 'settings.set': set }
  vi.stubGlobal('window', { latchkey: { calls } })
})

async function loaded(): Promise<Preferences> {
  const preferences = new Preferences()
  await preferences.load()
  return preferences
}

describe('the settings dialog', () => {
  it('sends all settings when one is changed, and shows them as main answers', async () => {
    const preferences = await loaded()
    expect(await preferences.choose({ clipboardSeconds: 60 })).toBe(true)
    expect(set).toHaveBeenCalledExactlyOnceWith({ ...settings, clipboardSeconds: 60 })
    expect(preferences.loaded).toMatchObject({ settings: { clipboardSeconds: 60 }, shortcutWorks: false })
    await preferences.choose({ quickShortcut: null })
    expect(set).toHaveBeenLastCalledWith({ ...settings, clipboardSeconds: 60, quickShortcut: null })
  })

  it('keeps the settings unchanged when main refuses, and shows why', async () => {
    const preferences = await loaded()
    set.mockResolvedValue({ ok: false, code: 'profile-unusable' })
    expect(await preferences.choose({ clipboardSeconds: 60 })).toBe(false)
    expect([preferences.loaded, preferences.refusal, preferences.busy]).toEqual([told, 'profile-unusable', false])
  })

  it('offers no choice before the settings are loaded', async () => {
    expect(await new Preferences().choose({ clipboardSeconds: 60 })).toBe(false)
    expect(set).not.toHaveBeenCalled()
  })
})

describe('the choices of a setting', () => {
  it('include the current value', () => {
    expect(withPresent<number>(offered.clipboardSeconds, 30)).toEqual([10, 30, 60, 120, 300])
    expect(withPresent<number>(offered.clipboardSeconds, 45)).toEqual([10, 30, 45, 60, 120, 300])
  })

  it('end with never, if that is possible', () => {
    expect(withPresent<number | null>(offered.lockAfterMinutes, 15)).toEqual([1, 5, 10, 15, 30, 60, null])
  })

  it('are worded in the largest whole unit', () => {
    const [english, german] = [en.settings.amounts, de.settings.amounts]
    expect([10, 60, 90, 300].map(english.seconds)).toEqual(['10 s', '1 min', '90 s', '5 min'])
    expect([1, 60, 480, null].map(english.minutes)).toEqual(['1 min', '1 h', '8 h', 'Never'])
    expect([1, 30].map(english.days)).toEqual(['1 day', '30 days'])
    expect([1, 30].map(german.days)).toEqual(['1 Tag', '30 Tage'])
  })
})
