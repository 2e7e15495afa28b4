import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { Profile } from '../../../main/settings/profile.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** As they are until somebody chooses otherwise. */
const preferences = {
  ...{ language: 'system', lockAfterMinutes: 10, clipboardSeconds: 30, quickShortcut: 'Ctrl+Alt+K', approvalMinutes: 15, trashDays: 30 },
  ...{ contentProtection: true, startAtLogin: false, startHidden: false, keepInTray: true, updates: 'tell' },
}

describe('a profile', () => {
  let folder: string
  const file = (): string => join(folder, 'profile.json')
  beforeEach(() => {
    folder = temporaryFolder('latchkey-profile-')
    chmodSync(folder, 0o755)
  })

  it('makes its folder and files its user’s alone', () => {
    expect(new Profile(folder).id).toMatch(/^[0-9a-f]{16}$/)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['profile.json'])
  })

  it('begins with the OS keychain and no root key', () => {
    const profile = new Profile(folder)
    expect([profile.theme, profile.keychain, profile.rootCheck]).toEqual(['system', 'os', null])
    const written = { version: 4, id: profile.id, theme: 'system', keychain: 'os', rootCheck: null, preferences }
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(written)
  })

  it('keeps its id, theme, keychain and root key’s check', () => {
    const first = new Profile(folder)
    first.theme = 'dark'
    first.keychain = 'passphrase'
    first.rootCheck = 'fedcba9876543210'
    const second = new Profile(folder)
    expect([second.id, second.theme, second.keychain, second.rootCheck]).toEqual([first.id, 'dark', 'passphrase', 'fedcba9876543210'])
    second.rootCheck = null
    expect(new Profile(folder).rootCheck).toBe(null)
  })

  it('keeps what the window lists, and begins with one account', () => {
    const first = new Profile(folder)
    expect(first.keyView).toEqual({ scope: 'account', grouping: 'account' })
    first.keyView = { scope: 'all', grouping: 'none' }
    const second = new Profile(folder)
    expect([second.id, second.keyView]).toEqual([first.id, { scope: 'all', grouping: 'none' }])
  })

  it('keeps what its person chose', () => {
    const first = new Profile(folder)
    expect(first.preferences).toEqual(preferences)
    const chosen = { ...first.preferences, clipboardSeconds: 90, quickShortcut: null, lockAfterMinutes: null }
    first.preferences = chosen
    const second = new Profile(folder)
    expect([second.id, second.preferences]).toEqual([first.id, chosen])
  })

  it('is as it was when the folder takes no file', () => {
    const profile = new Profile(folder)
    const { id } = profile
    rmSync(folder, { recursive: true })
    expect(() => (profile.keychain = 'passphrase')).toThrow('profile-unusable')
    expect([profile.id, profile.keychain]).toEqual([id, 'os'])
    mkdirSync(folder)
  })

  // Where the folder could not be made, the app once ended before it had a window to say so in.
  it('whose folder cannot be made says so when it is asked', () => {
    writeFileSync(join(folder, 'file'), '')
    const profile = new Profile(join(folder, 'file', 'profile'))
    expect(() => profile.id).toThrow('profile-unusable')
    expect(() => (profile.theme = 'dark')).toThrow('profile-unusable')
  })

  it('refuses settings that it cannot read and leaves them as they are: a new id would make every value look missing', () => {
    const id = '0123456789abcdef'
    const newest = (change: object): string =>
      JSON.stringify({ version: 4, id, theme: 'dark', keychain: 'os', rootCheck: null, preferences, ...change })
    const choosing = (change: object, without: readonly string[] = []): string => {
      const chosen = Object.entries({ ...preferences, ...change }).filter(([name]) => !without.includes(name))
      return newest({ preferences: Object.fromEntries(chosen) })
    }
    const texts = [
      '',
      'null',
      '[]',
      '{',
      // The versions 1 to 3 were never released.
      `{"version":1,"id":"${id}","theme":"dark"}`,
      `{"version":2,"id":"${id}","theme":"dark","keychain":"os","rootCheck":null}`,
      `{"version":3,"id":"${id}","theme":"dark","keychain":"os","rootCheck":null,"clipboardSeconds":30,"quickShortcut":null}`,
      `{"version":4,"id":"${id}","theme":"dark","keychain":"os","rootCheck":null}`,
      `{"version":4,"id":"${id}","theme":"dark","keychain":"os","rootCheck":null,"clipboardSeconds":30,"quickShortcut":null}`,
      choosing({}, ['lockAfterMinutes']),
      choosing({ lockAfterMinutes: 0 }),
      choosing({ clipboardSeconds: 9 }),
      choosing({ clipboardSeconds: 301 }),
      choosing({ clipboardSeconds: 30.5 }),
      choosing({ clipboardSeconds: '30' }),
      choosing({ quickShortcut: 7 }),
      choosing({ approvalMinutes: 61 }),
      choosing({ trashDays: 0.5 }),
      choosing({ language: 'tlh' }),
      choosing({ updates: true }),
      choosing({ more: 1 }),
      newest({ version: 5 }),
      newest({ id: '../../x' }),
      newest({ theme: 'neon' }),
      newest({ keychain: 'cloud' }),
      newest({ rootCheck: 'x' }),
      newest({ keyView: { scope: 'some', grouping: 'none' } }),
      newest({ keyView: { scope: 'all' } }),
      newest({ more: 1 }),
    ]
    for (const text of texts) {
      writeFileSync(file(), text)
      const profile = new Profile(folder)
      expect(() => profile.id, text).toThrow('profile-corrupt')
      expect(() => (profile.theme = 'dark'), text).toThrow('profile-corrupt')
      expect(readFileSync(file(), 'utf8')).toBe(text)
    }
  })

  it('never takes arbitrary bytes for settings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        writeFileSync(file(), bytes)
        expect(() => new Profile(folder).id).toThrow('profile-corrupt')
      }),
      { numRuns: 200 },
    )
  })
})
