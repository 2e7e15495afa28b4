import { describe, expect, it } from 'vitest'
import type { Key } from '../../../../preload/contract.ts'
import { holdsValue, verdicts } from '../../../../shared/lists/keys.ts'
import {
  needsAttention,
  placeOf,
  isProvedBad,
  remediesOf,
  stateTexts,
  valueTexts,
  verdictTexts,
} from '../../../../renderer/features/keys/keyState.ts'
import { key as sample } from './samples.ts'

const places = ['here', 'locked', 'sealed', 'elsewhere', 'missing', 'changed', 'lost'] as const
const key: Key = sample('backup', 1, { lastFour: 'x9Q2' })

describe('the state of a key', () => {
  it('differs in icon and word, so that colour is not needed', () => {
    const [enabled, disabled] = [stateTexts(key), stateTexts({ ...key, enabled: false })]
    expect(enabled.word).toBe('Enabled')
    expect(disabled.word).toBe('Disabled')
    expect(enabled.icon).not.toBe(disabled.icon)
  })

  it('has its own words for each place where a value can be', () => {
    const all = places.map((value) => valueTexts(value))
    expect(new Set(all.map(({ word }) => word)).size).toBe(all.length)
    expect(new Set(all.map(({ short }) => short)).size).toBe(all.length)
  })

  it('offers the value only if this computer has it and can read it', () => {
    expect(places.filter((value) => holdsValue({ ...key, value }))).toEqual(['here', 'sealed'])
  })

  it('names the passphrase vault if the value is there', () => {
    expect(placeOf(key, 'passphrase').word).toBe('In your passphrase vault')
    expect(placeOf({ ...key, value: 'lost' }, 'passphrase')).toEqual(valueTexts('lost'))
  })
})

describe('remedies for a value', () => {
  it('are those that help, the most likely first', () => {
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

  it('include adding a value if a login proved the stored one wrong', () => {
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

describe('a key that needs attention', () => {
  it('is never one that was created elsewhere, which is as it should be', () => {
    expect(places.filter((value) => needsAttention({ ...key, value }))).toEqual(['locked', 'missing', 'changed', 'lost'])
  })

  it('is one that a login proved bad, and not a disabled one', () => {
    expect(verdicts.filter((verdict) => isProvedBad({ ...key, verified: { verdict, at: 0 } }))).toEqual([
      'wrong',
      'other-account',
      'deleted',
    ])
    expect(isProvedBad(key)).toBe(false)
  })

  it('has words for each verdict', () => {
    expect(new Set(verdicts.map((verdict) => verdictTexts(verdict).word)).size).toBe(verdicts.length)
  })
})
