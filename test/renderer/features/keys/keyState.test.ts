import { describe, expect, it } from 'vitest'
import type { Key } from '../../../../preload/contract.ts'
import { verdicts } from '../../../../preload/shapes.ts'
import {
  holdsValue,
  needsAttention,
  placeOf,
  provedBad,
  remediesOf,
  stateWords,
  valueWords,
  verdictWords,
} from '../../../../renderer/features/keys/keyState.ts'
import { key as sample } from './samples.ts'

const places = ['here', 'locked', 'sealed', 'elsewhere', 'missing', 'changed', 'lost'] as const
const key: Key = sample('backup', 1, { lastFour: 'x9Q2' })

describe('the state of a key', () => {
  it('differs by icon and by word, so that colour is not needed', () => {
    const [enabled, disabled] = [stateWords(key), stateWords({ ...key, enabled: false })]
    expect(enabled.word).toBe('Enabled')
    expect(disabled.word).toBe('Disabled')
    expect(enabled.icon).not.toBe(disabled.icon)
  })

  it('has words of its own for each place a value can be in', () => {
    const all = places.map((value) => valueWords(value))
    expect(new Set(all.map(({ word }) => word)).size).toBe(all.length)
    expect(new Set(all.map(({ short }) => short)).size).toBe(all.length)
  })

  it('offers a value only where this computer has it and can read it', () => {
    expect(places.filter((value) => holdsValue({ ...key, value }))).toEqual(['here', 'sealed'])
  })

  it('says that a value is in the passphrase vault where there is one', () => {
    expect(placeOf(key, 'passphrase').word).toBe('In your passphrase vault')
    expect(placeOf({ ...key, value: 'lost' }, 'passphrase')).toEqual(valueWords('lost'))
  })
})

describe('what can be done about a value', () => {
  it('is as much as helps there, the likeliest first', () => {
    expect(Object.fromEntries(places.map((value) => [value, remediesOf({ ...key, value })]))).toEqual({
      here: [],
      locked: ['unlock'],
      sealed: [],
      elsewhere: ['add-value', 'replace'],
      missing: ['add-value', 'replace', 'doctor'],
      changed: ['add-value', 'replace', 'doctor'],
      lost: ['replace'],
    })
  })

  it('includes a new value where a login proved the stored one wrong', () => {
    const remedies = verdicts.map((verdict) => remediesOf({ ...key, verified: { verdict, at: 0 } }))
    expect(Object.fromEntries(verdicts.map((verdict, place) => [verdict, remedies[place]]))).toEqual({
      works: [],
      disabled: [],
      deleted: [],
      wrong: ['add-value', 'replace'],
      'other-account': ['add-value', 'replace'],
    })
  })
})

describe('attention', () => {
  it('is not asked for a key that was made elsewhere: it is as it should be', () => {
    expect(places.filter((value) => needsAttention({ ...key, value }))).toEqual(['locked', 'missing', 'changed', 'lost'])
  })

  it('is asked for what a login proved bad, and not for a disabled key', () => {
    expect(verdicts.filter((verdict) => provedBad({ ...key, verified: { verdict, at: 0 } }))).toEqual(['deleted', 'wrong', 'other-account'])
    expect(provedBad(key)).toBe(false)
  })

  it('comes with words for each verdict', () => {
    expect(new Set(verdicts.map((verdict) => verdictWords(verdict).word)).size).toBe(verdicts.length)
  })
})
