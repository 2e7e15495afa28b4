import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeName } from '../../../../../renderer/features/keys/change/keyName.ts'

const none = { taken: [], waiting: [] }

function faultOf(name: string, taken: readonly string[] = [], waiting: readonly string[] = []): string | null {
  const verdict = judgeName(name, { taken, waiting })
  return verdict.fits ? null : verdict.fault
}

const allowed = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)

describe('judgeName', () => {
  it('accepts every name of 1 to 64 allowed characters', () => {
    fc.assert(fc.property(allowed, (name) => judgeName(name, none).fits))
  })

  it('refuses every name with another character anywhere in it', () => {
    const strangers = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^[A-Za-z0-9_-]*$/.test(text))
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,8}$/), strangers, (start, stranger) => {
        expect(faultOf(start + stranger)).toMatch(/^A name cannot contain .*Use A–Z, a–z, 0–9, - and _\.$/su)
      }),
    )
  })

  it.each([
    ['', 'A key needs a name.'],
    ['two words', 'A name cannot contain spaces. Use A–Z, a–z, 0–9, - and _.'],
    ['trailing\n', 'A name cannot contain spaces. Use A–Z, a–z, 0–9, - and _.'],
    ['nul\0', 'A name cannot contain invisible characters. Use A–Z, a–z, 0–9, - and _.'],
    ['zero\u200Bwidth', 'A name cannot contain invisible characters. Use A–Z, a–z, 0–9, - and _.'],
    ['schlüssel', 'A name cannot contain “ü”. Use A–Z, a–z, 0–9, - and _.'],
    ['a.b', 'A name cannot contain “.”. Use A–Z, a–z, 0–9, - and _.'],
    ['key🔑', 'A name cannot contain “🔑”. Use A–Z, a–z, 0–9, - and _.'],
    ['a'.repeat(65), 'A name has 64 characters at most. This one has 65.'],
  ])('says what is wrong with %j', (name, fault) => {
    expect(faultOf(name)).toBe(fault)
  })

  it('refuses a name that is in use', () => {
    expect(faultOf('backup', ['deploy', 'backup'])).toBe('You already have a key with this name.')
  })

  it('refuses a name that differs from a used one only in case, and quotes that one', () => {
    expect(faultOf('Backup', ['backup'])).toBe('Too close to “backup”, which differs only in case.')
    fc.assert(fc.property(allowed, (name) => faultOf(name.toUpperCase(), [name.toLowerCase()]) !== null))
  })

  it('refuses the name of a pending creation, in any case', () => {
    expect(faultOf('backup', [], ['backup'])).toBe('A key with this name is waiting to be created.')
    expect(faultOf('Backup', [], ['backup'])).toBe('Too close to “backup”, which differs only in case.')
  })
})
