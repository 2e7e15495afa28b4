import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Key } from '../../../../../preload/contract.ts'
import { noDetails } from '../../../../../shared/key-details.ts'
import { sortKeys, searchKeys, orders } from '../../../../../renderer/features/keys/list/keyOrder.ts'

function key(name: string, facts: Partial<Key> = {}): Key {
  const known = { enabled: true, createdAt: 0, lastFour: null, value: 'here', verified: null, service: null, details: noDetails } as const
  return { id: 'a'.repeat(24), name, ...known, ...facts }
}

function names(keys: readonly Key[]): string[] {
  return keys.map(({ name }) => name)
}

const anyKey = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{24}$/),
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
  enabled: fc.boolean(),
  createdAt: fc.integer({ min: 0, max: 5 }),
  lastFour: fc.option(fc.stringMatching(/^[A-Za-z0-9]{4}$/)),
  value: fc.constantFrom('here', 'locked', 'sealed', 'elsewhere', 'missing', 'changed', 'lost'),
  verified: fc.constant(null),
  service: fc.constantFrom(null, 'github'),
  details: fc.constant(noDetails),
}) satisfies fc.Arbitrary<Key>
const anyKeys = fc.uniqueArray(anyKey, { selector: ({ id }) => id, maxLength: 20 })

describe('arrange: sorting keys', () => {
  const keys = [key('deploy-10', { createdAt: 3, enabled: false }), key('Deploy-2', { createdAt: 1 }), key('backup', { createdAt: 2 })]

  it('by name, ignoring case, with numbers sorted by value', () => {
    expect(names(sortKeys(keys, 'name'))).toEqual(['backup', 'Deploy-2', 'deploy-10'])
  })

  it('by age, in both directions', () => {
    expect(names(sortKeys(keys, 'newest'))).toEqual(['deploy-10', 'backup', 'Deploy-2'])
    expect(names(sortKeys(keys, 'oldest'))).toEqual(['Deploy-2', 'backup', 'deploy-10'])
  })

  it('enabled keys first, each group by name', () => {
    expect(names(sortKeys([...keys, key('archive', { enabled: false })], 'enabled'))).toEqual([
      'backup',
      'Deploy-2',
      'archive',
      'deploy-10',
    ])
  })

  it("keeps every key unchanged, in an order that does not depend on the input's order", () => {
    fc.assert(
      fc.property(anyKeys, fc.constantFrom(...orders), (some, order) => {
        const before = structuredClone(some)
        const arranged = sortKeys(some, order)
        expect(some).toEqual(before)
        expect(new Set(arranged)).toEqual(new Set(some))
        expect(sortKeys([...some].reverse(), order)).toEqual(arranged)
      }),
    )
  })
})

describe('find: searching keys', () => {
  const keys = [
    key('billing-service', { id: '65f0c0ffee00000000000001', lastFour: 'x9Q2' }),
    key('backup', { id: '65f0c0ffee00000000000002', lastFour: 'kP7d' }),
    key('elsewhere', { id: '65f0c0ffee00000000000003' }),
  ]

  it.each([
    ['', ['billing-service', 'backup', 'elsewhere']],
    ['   ', ['billing-service', 'backup', 'elsewhere']],
    ['BACK', ['backup']],
    [' service ', ['billing-service']],
    ['0000000000002', ['backup']],
    ['65F0C0FFEE', ['billing-service', 'backup', 'elsewhere']],
    ['x9Q2', ['billing-service']],
    ['P7d', ['backup']],
    ['nothing like it', []],
    ['.*', []],
  ])('finds by %j: %j', (text, found) => {
    expect(names(searchKeys(keys, text))).toEqual(found)
  })

  it('distinguishes case in the last four characters, which are part of the value', () => {
    expect(searchKeys(keys, 'X9q2')).toEqual([])
  })

  it('finds every key by its own name, id and last four characters', () => {
    fc.assert(
      fc.property(anyKeys, (some) => {
        for (const each of some) {
          expect(searchKeys(some, each.name)).toContain(each)
          expect(searchKeys(some, each.id)).toContain(each)
          if (each.lastFour !== null) expect(searchKeys(some, each.lastFour)).toContain(each)
        }
      }),
    )
  })
})
