import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Chosen, defaults, unread } from '../../../main/settings/preferences.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'

describe('preferences in use', () => {
  it('are kept before anything that depends on them is told', () => {
    const kept = { preferences: defaults }
    const chosen = new Chosen(kept)
    const told: unknown[] = []
    chosen.onChange((now, before) => told.push([now.trashDays, before?.trashDays, kept.preferences.trashDays]))
    chosen.set({ ...defaults, trashDays: 7 })
    expect([told, chosen.get().trashDays]).toEqual([[[7, 30, 7]], 7])
  })

  it('stay as they were, and nothing is told, when they cannot be kept', () => {
    const full = {
      get preferences() {
        return defaults
      },
      set preferences(_) {
        throw new Error('full')
      },
    }
    const chosen = new Chosen(full)
    chosen.onChange(() => expect.unreachable())
    expect(() => chosen.set({ ...defaults, trashDays: 7 })).toThrow('full')
    expect(chosen.get()).toEqual(defaults)
    expect(chosen.inUse()).toEqual(defaults)
  })
})

// Each place fell back in its own way, and none looked again: settings that were mended while the app ran were obeyed after a restart.
describe('preferences that cannot be read', () => {
  const theirs = {
    ...defaults,
    language: 'de',
    quickShortcut: 'Ctrl+Alt+J',
    keepInTray: false,
    updates: 'install',
    startAtLogin: true,
  } as const
  let folder: string
  let chosen: Chosen
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
    folder = mkdtempSync(join(tmpdir(), 'latchkey-unread-'))
    write('{')
    chosen = new Chosen(new Profile(folder))
    told = []
    chosen.onChange((now, before) => told.push([now, before]))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are told as that, and until then one set is gone by: without a shortcut, and with no look for newer versions', () => {
    expect([codeThrown(() => chosen.get()), codeThrown(() => chosen.set(defaults))]).toEqual(['profile-corrupt', 'profile-corrupt'])
    expect(chosen.inUse()).toEqual({ ...defaults, quickShortcut: null, updates: 'off' })
    chosen.follow()
    expect([chosen.inUse(), told]).toEqual([unread, []])
  })

  it('are in effect, once, when they were mended: as read, and not as just chosen', () => {
    chosen.inUse()
    mend()
    expect(chosen.inUse()).toBe(unread) // nobody goes by them before everybody does
    chosen.follow()
    chosen.follow()
    expect([chosen.inUse(), told]).toEqual([theirs, [[theirs, null]]])
  })

  it('are in effect before others are that are chosen in their place', () => {
    chosen.inUse()
    mend()
    chosen.set(defaults)
    expect([chosen.inUse(), told]).toEqual([
      defaults,
      [
        [theirs, null],
        [defaults, theirs],
      ],
    ])
  })

  it('are in effect also when they are what was gone by', () => {
    chosen.inUse()
    mend(unread)
    chosen.follow()
    expect(told).toEqual([[unread, null]])
    chosen.follow()
    expect(told).toHaveLength(1)
  })

  it('are never told of when they could be read from the start', () => {
    mend()
    chosen.inUse()
    write('{')
    chosen.follow()
    expect([chosen.inUse(), told]).toEqual([theirs, []])
  })
})
