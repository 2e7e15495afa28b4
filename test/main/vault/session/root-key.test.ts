import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RootKey } from '../../../../main/vault/session/root-key.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeThrown } from '../fixtures/refused.ts'

const binding = 'value/a0/64a000000000000000000001'

describe('a sealed value', () => {
  const root = RootKey.generate()

  it('opens with the same key and for the same record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ maxLength: 40 }), (value, record) => {
        expect(root.open(root.seal(new Secret(value), record), record).expose()).toBe(value)
      }),
    )
  })

  it('is a different text each time, and never contains the value', () => {
    const sealed = Array.from({ length: 20 }, () => root.seal(new Secret('the value'), binding))
    expect(new Set(sealed).size).toBe(20)
    expect(sealed.filter((one) => Buffer.from(one, 'base64url').includes('the value'))).toEqual([])
  })

  it('is corrupt with any single bit changed', () => {
    const bytes = Buffer.from(root.seal(new Secret('the value'), binding), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(codeThrown(() => root.open(changed.toString('base64url'), binding))).toBe('profile-corrupt')
    }
  })

  it('is corrupt when truncated at any length', () => {
    const bytes = Buffer.from(root.seal(new Secret('the value'), binding), 'base64url')
    for (let length = 0; length < bytes.length; length += 1) {
      expect(codeThrown(() => root.open(bytes.subarray(0, length).toString('base64url'), binding))).toBe('profile-corrupt')
    }
  })

  it('is corrupt for any other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        expect(codeThrown(() => root.open(text, binding))).toBe('profile-corrupt')
      }),
    )
  })

  it('does not open in another record', () => {
    const sealed = root.seal(new Secret('the value'), binding)
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (other) => {
        fc.pre(other !== binding)
        expect(codeThrown(() => root.open(sealed, other))).toBe('profile-corrupt')
      }),
    )
  })

  it('does not open with another root key', () => {
    expect(codeThrown(() => RootKey.generate().open(root.seal(new Secret('the value'), binding), binding))).toBe('profile-corrupt')
  })
})

describe('a root key', () => {
  it('is the same after it was stored in the keychain, for sealed values and for the cache', () => {
    const root = RootKey.generate()
    const again = RootKey.parse(root.toSecret())
    expect(again.open(root.seal(new Secret('the value'), binding), binding).expose()).toBe('the value')
    expect(again.cacheKey()).toEqual(root.cacheKey())
  })

  it('derives 64 bytes for the cache, which are not the key itself and unique to it', () => {
    const root = RootKey.generate()
    expect(root.cacheKey().byteLength).toBe(64)
    expect(Buffer.from(root.cacheKey()).includes(Buffer.from(root.toSecret().expose(), 'base64url'))).toBe(false)
    expect(RootKey.generate().cacheKey()).not.toEqual(root.cacheKey())
  })

  it.each([
    '',
    'x',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}+`,
    `${'A'.repeat(42)}=`,
    ` ${'A'.repeat(43)}`,
    `${'A'.repeat(43)}\n`,
  ])('is not parsed from an invalid item: %j', (text) => {
    expect(codeThrown(() => RootKey.parse(new Secret(text)))).toBe('keychain-mismatch')
  })

  it('refuses everything once wiped, so that zeros never seal a value', () => {
    const root = RootKey.generate()
    const sealed = root.seal(new Secret('the value'), binding)
    root.wipe()
    const uses = [
      () => root.seal(new Secret('the value'), binding),
      () => root.open(sealed, binding),
      () => root.cacheKey(),
      () => root.toSecret(),
    ]
    expect(uses.map(codeThrown)).toEqual(uses.map(() => 'locked'))
  })
})
