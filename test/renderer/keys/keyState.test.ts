import { describe, expect, it } from 'vitest'
import type { Key } from '../../../preload/contract.ts'
import { holdsValue, stateWords, valueWords } from '../../../renderer/keys/keyState.ts'

const key: Key = { id: 'a'.repeat(24), name: 'backup', enabled: true, createdAt: 0, lastFour: 'x9Q2', value: 'here' }

describe('the state of a key', () => {
  it('differs by icon and by word, so that colour is not needed', () => {
    const [enabled, disabled] = [stateWords(key), stateWords({ ...key, enabled: false })]
    expect(enabled.word).toBe('Enabled')
    expect(disabled.word).toBe('Disabled')
    expect(enabled.icon).not.toBe(disabled.icon)
  })

  it('has words of its own for each place a value can be in', () => {
    const all = Object.values(valueWords)
    expect(new Set(all.map(({ word }) => word)).size).toBe(all.length)
    expect(new Set(all.map(({ short }) => short)).size).toBe(all.length)
  })

  it('offers a value only where this computer has it', () => {
    const offered = (['here', 'sealed', 'elsewhere', 'missing', 'lost'] as const).filter((value) =>
      holdsValue({ ...key, value }),
    )
    expect(offered).toEqual(['here', 'sealed'])
  })
})
