import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { createdAt, type KeyRecord, parseKeyId, parseKeyName, summariseKey } from '../../../../main/vault/model/key.ts'
import { codeThrown } from '../fixtures/refused.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

describe("a key's name", () => {
  it('has 1 to 64 letters, digits, underscores and hyphens, and is kept unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 64 }), (name) => {
        expect(parseKeyName(name)).toBe(name)
      }),
    )
  })

  it('is refused with any other character at any position', () => {
    const letters = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 30 })
    const foreign = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => !alphabet.includes(one))
    fc.assert(
      fc.property(letters, foreign, letters, (before, character, after) => {
        expect(codeThrown(() => parseKeyName(before + character + after))).toBe('name-invalid')
      }),
    )
  })

  it.each(['', 'x'.repeat(65), 'ci\n', ' ci', 'c i', 'ci\0', 'clé', 'сi', '🔑', 'a.b', 'a/b', '../ci'])('is refused: %j', (name) => {
    expect(codeThrown(() => parseKeyName(name))).toBe('name-invalid')
  })
})

describe("a key's id", () => {
  it('has 24 hex digits, and is returned in lower case', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 24, maxLength: 24 }), (id) => {
        expect(parseKeyId(id)).toBe(id.toLowerCase())
      }),
    )
  })

  it('is refused for any other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        fc.pre(!/^[0-9a-fA-F]{24}$/.test(text))
        expect(codeThrown(() => parseKeyId(text))).toBe('key-not-found')
      }),
    )
  })

  // The SDK treats twelve characters as twelve bytes: it would make an ObjectId of them, and ask for some other key.
  it.each(['', 'twelve chars', 'a'.repeat(23), 'a'.repeat(25), `${'a'.repeat(24)}\n`, 'g'.repeat(24), '٠'.repeat(24)])(
    'is refused: %j',
    (text) => {
      expect(codeThrown(() => parseKeyId(text))).toBe('key-not-found')
    },
  )

  it('contains the time of creation, in milliseconds', () => {
    expect(createdAt('65920080abcdefabcdefabcd')).toBe(Date.UTC(2024, 0, 1))
    expect(createdAt('ffffffff0000000000000000')).toBe(0xffffffff * 1000)
  })
})

describe("a key's summary", () => {
  it('has exactly these fields, whatever the record contains', () => {
    const record: KeyRecord = {
      ...{ accountId: 'a0', id: '65920080abcdefabcdefabcd', name: 'ci', enabled: false },
      ...{ value: 'sealed', lastFour: 'wxyz', sealed: 'AbC', goneAt: 5, goneFor: 6, fingerprint: 'f0', verified: null, service: 'github' },
      details: { ...noDetails, notes: 'of Ada' },
    }
    expect(summariseKey(Object.assign(record, { key: 'the value' }), true)).toEqual({
      ...{ id: '65920080abcdefabcdefabcd', name: 'ci', enabled: false, createdAt: Date.UTC(2024, 0, 1) },
      ...{ lastFour: 'wxyz', value: 'sealed', verified: null, service: 'github', details: { ...noDetails, notes: 'of Ada' } },
    })
  })
})
