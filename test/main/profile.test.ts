import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Profile } from '../../main/profile.ts'

describe('a profile', () => {
  let folder: string
  const file = (): string => join(folder, 'profile.json')
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-profile-'))
    chmodSync(folder, 0o755)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('makes its folder and files its user’s alone', () => {
    expect(new Profile(folder).id).toMatch(/^[0-9a-f]{16}$/)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['profile.json'])
  })

  it('keeps its id and theme', () => {
    const first = new Profile(folder)
    first.theme = 'dark'
    const second = new Profile(folder)
    expect([second.id, second.theme]).toEqual([first.id, 'dark'])
  })

  it('refuses settings that it cannot read and leaves them as they are: a new id would make every value look missing', () => {
    const id = '0123456789abcdef'
    const texts = [
      '',
      'null',
      '[]',
      '{',
      `{"version":1,"id":"${id}"}`,
      `{"version":2,"id":"${id}","theme":"dark"}`,
      `{"version":1,"id":"../../x","theme":"dark"}`,
      `{"version":1,"id":"${id}","theme":"neon"}`,
      `{"version":1,"id":"${id}","theme":"dark","more":1}`,
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
