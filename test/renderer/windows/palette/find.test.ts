import { describe, expect, it } from 'vitest'
import { searchKeys, type PaletteKey } from '../../../../renderer/windows/palette/find.ts'

function key(name: string, change: Partial<PaletteKey> = {}): PaletteKey {
  return {
    accountId: '0123456789abcdef',
    id: 'a'.repeat(24),
    name,
    account: 'This computer',
    enabled: true,
    lastFour: null,
    usedAt: null,
    ...change,
  }
}
const names = (keys: PaletteKey[], typed: string): string[] => searchKeys(keys, typed).map(({ name }) => name)

describe('searching a key in the palette', () => {
  it('begins with the last used, then by name', () => {
    expect(names([key('b'), key('old', { usedAt: 1 }), key('a'), key('new', { usedAt: 2 })], '')).toEqual(['new', 'old', 'a', 'b'])
  })

  it('matches words in any case and order, in name, account and last characters', () => {
    const keys = [key('Stripe-Live', { account: 'ada@example.com', lastFour: 'wXyz' }), key('mailer')]
    for (const typed of ['STRIPE', 'live str', 'ada stripe', 'wxyz', '  live  ']) expect(names(keys, typed)).toEqual(['Stripe-Live'])
    expect(names(keys, 'stripe mailer')).toEqual([])
  })

  it('sorts names that begin with the text first, then names with such a word, before the last used', () => {
    const keys = [key('unlive', { usedAt: 3 }), key('stripe-live', { usedAt: 1 }), key('live'), key('old_live')]
    expect(names(keys, 'live')).toEqual(['live', 'stripe-live', 'old_live', 'unlive'])
  })

  it('distinguishes keys of the same name by their account', () => {
    const keys = [key('build', { account: 'b@example.com' }), key('build', { account: 'a@example.com' })]
    expect(searchKeys(keys, 'build').map(({ account }) => account)).toEqual(['a@example.com', 'b@example.com'])
    expect(searchKeys(keys, 'build b@').map(({ account }) => account)).toEqual(['b@example.com'])
  })
})
