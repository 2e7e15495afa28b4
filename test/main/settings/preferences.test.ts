import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { PreferencesStore, defaultPreferences, fallbackPreferences } from '../../../main/settings/preferences.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('preferences in use', () => {
  it('are kept before anything that depends on them is told', () => {
    const kept = { preferences: defaultPreferences }
    const chosen = new PreferencesStore(kept)
    const told: unknown[] = []
    chosen.onChange((now, before) => told.push([now.trashDays, before?.trashDays, kept.preferences.trashDays]))
    chosen.set({ ...defaultPreferences, trashDays: 7 })
    expect([told, chosen.get().trashDays]).toEqual([[[7, 30, 7]], 7])
  })

  it('stay as they were, and nothing is told, when they cannot be kept', () => {
    const full = {
      get preferences() {
        return defaultPreferences
      },
      set preferences(_) {
        throw new Error('full')
      },
    }
    const chosen = new PreferencesStore(full)
    chosen.onChange(() => expect.unreachable())
    expect(() => chosen.set({ ...defaultPreferences, trashDays: 7 })).toThrow('full')
    expect(chosen.get()).toEqual(defaultPreferences)
    expect(chosen.inUse()).toEqual(defaultPreferences)
  })
})

// Each place fell back in its own way, and none looked again: settings that were mended while the app ran were obeyed after a restart.
describe('preferences that cannot be read', () => {
  const theirs = {
    ...defaultPreferences,
    language: 'de',
    quickShortcut: 'Ctrl+Alt+J',
    keepInTray: false,
    updates: 'install',
    startAtLogin: true,
  } as const
  let folder: string
  let chosen: PreferencesStore
  let told: unknown[]
  const write = (text: string): void => writeFileSync(join(folder, 'profile.json'), text)
  const mend = (preferences = {}): void =>
    write(
      JSON.stringify({
        version: 4,
        id: '0123456789abcdef',
        theme: 'dark',
        keychain: 'os',
        rootCheck: null,
        preferences: { ...theirs, ...preferences },
      }),
    )
  beforeEach(() => {
    folder = temporaryFolder('latchkey-unread-')
    write('{')
    chosen = new PreferencesStore(new Profile(folder))
    told = []
    chosen.onChange((now, before) => told.push([now, before]))
  })

  it('are told as that, and until then one set is gone by: without a shortcut, and with no look for newer versions', () => {
    expect([codeThrown(() => chosen.get()), codeThrown(() => chosen.set(defaultPreferences))]).toEqual([
      'profile-corrupt',
      'profile-corrupt',
    ])
    expect(chosen.inUse()).toEqual({ ...defaultPreferences, quickShortcut: null, updates: 'off' })
    chosen.reload()
    expect([chosen.inUse(), told]).toEqual([fallbackPreferences, []])
  })

  it('are in effect, once, when they were mended: as read, and not as just chosen', () => {
    chosen.inUse()
    mend()
    expect(chosen.inUse()).toBe(fallbackPreferences) // nobody goes by them before everybody does
    chosen.reload()
    chosen.reload()
    expect([chosen.inUse(), told]).toEqual([theirs, [[theirs, null]]])
  })

  it('are in effect before others are that are chosen in their place', () => {
    chosen.inUse()
    mend()
    chosen.set(defaultPreferences)
    expect([chosen.inUse(), told]).toEqual([
      defaultPreferences,
      [
        [theirs, null],
        [defaultPreferences, theirs],
      ],
    ])
  })

  it('are in effect also when they are what was gone by', () => {
    chosen.inUse()
    mend(fallbackPreferences)
    chosen.reload()
    expect(told).toEqual([[fallbackPreferences, null]])
    chosen.reload()
    expect(told).toHaveLength(1)
  })

  it('are never told of when they could be read from the start', () => {
    mend()
    chosen.inUse()
    write('{')
    chosen.reload()
    expect([chosen.inUse(), told]).toEqual([theirs, []])
  })
})
