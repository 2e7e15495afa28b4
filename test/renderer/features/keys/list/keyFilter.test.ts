import { describe, expect, it } from 'vitest'
import { countByFilter, filters, matchesFilter } from '../../../../../renderer/features/keys/list/keyFilter.ts'
import { change, key } from '../samples.ts'
import { de } from '../../../../../renderer/i18n/de.ts'
import { en } from '../../../../../renderer/i18n/en.ts'

const keys = [
  key('here', 1),
  key('locked', 2, { value: 'locked' }),
  key('sealed', 3, { value: 'sealed' }),
  key('elsewhere', 4, { value: 'elsewhere' }),
  key('missing', 5, { value: 'missing' }),
  key('lost', 6, { value: 'lost' }),
  key('off', 7, { enabled: false, verified: { verdict: 'disabled', at: 0 } }),
  key('wrong', 8, { verified: { verdict: 'wrong', at: 0 } }),
]
const waiting = [change('disable', 'here', 1), change('create', 'new', null)]

function found(filter: (typeof filters)[number]): string[] {
  return keys.filter((each) => matchesFilter(each, filter, waiting)).map(({ name }) => name)
}

describe('the filters of the key list', () => {
  it('show the keys that they are named after', () => {
    expect(Object.fromEntries(filters.map((filter) => [filter, found(filter)]))).toEqual({
      all: keys.map(({ name }) => name),
      here: ['here', 'locked', 'sealed', 'off', 'wrong'],
      elsewhere: ['elsewhere'],
      attention: ['locked', 'missing', 'lost', 'wrong'],
      disabled: ['off'],
      waiting: ['here'],
    })
  })

  it('show in advance how many keys they match', () => {
    const counts = countByFilter(keys, waiting)
    for (const filter of filters) expect(counts[filter], filter).toBe(found(filter).length)
  })

  it('have their own message when no key matches', () => {
    for (const catalogue of [en, de]) {
      for (const part of ['word', 'none'] as const) {
        expect(new Set(filters.map((filter) => catalogue.keys.filter.filters[filter][part])).size).toBe(filters.length)
      }
    }
  })
})
