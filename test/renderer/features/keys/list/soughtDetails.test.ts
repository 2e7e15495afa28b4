import { describe, expect, it } from 'vitest'
import { searchKeys } from '../../../../../renderer/features/keys/list/keyOrder.ts'
import { parseSearch, tagFilter } from '../../../../../renderer/features/keys/list/soughtDetails.ts'
import { type KeyDetails, noDetails } from '../../../../../shared/key-details.ts'
import { key } from '../samples.ts'

function detailed(name: string, place: number, details: Partial<KeyDetails>) {
  return key(name, place, { details: { ...noDetails, ...details } })
}

const keys = [
  detailed('one', 1, { tags: ['billing', 'On call'], environment: 'production', user: 'Ada', notes: 'Ask Grace\nbefore renewing' }),
  detailed('two', 2, { tags: ['billing-eu'], environment: 'test', user: 'octocat' }),
  detailed('three', 3, { notes: 'Café, tag:billing' }),
  key('four', 4),
]

describe('finding keys by their details', () => {
  it.each([
    ['BILLING', ['one', 'two', 'three']],
    ['on call', ['one']],
    ['grace', ['one']],
    ['before renewing', ['one']],
    ['octo', ['two']],
    ['production', ['one']],
    ['Cafe\u0301', ['three']],
    ['tag:billing', ['one', 'two']],
    ['TAG:Billing-', ['two']],
    ['tag:"on call"', ['one']],
    ['tag:"on c', ['one']],
    ['tag:call', []],
    ['env:prod', ['one']],
    ['env:test octo', ['two']],
    ['env:test ada', []],
    ['tag:billing env:production', ['one']],
    ['tag:billing tag:on', ['one']],
    ['mytag:billing', []],
    ['tag:', ['three']],
    ['ask grace before', []],
  ])('%j finds %j', (text, found) => {
    expect(searchKeys(keys, text).map(({ name }) => name)).toEqual(found)
  })

  it.each(['billing', 'On call', 'a"b', 'a "b" c', 'Töpfe', 'tag:x'])('a tag leads to the keys that have it: %s', (tag) => {
    const tagged = detailed('tagged', 5, { tags: [tag] })
    expect(searchKeys([...keys.slice(2), tagged], tagFilter(tag))).toEqual([tagged])
  })

  it('leaves the other words as they are', () => {
    expect(parseSearch('  aB3x tag:"On Call"  env:TEST')).toEqual({ words: 'aB3x', tags: ['on call'], environments: ['test'] })
  })
})
