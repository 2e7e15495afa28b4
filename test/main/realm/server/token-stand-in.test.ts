import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf, standInFor, timesOf } from '../../../../main/realm/server/token-stand-in.ts'
import { newToken } from '../fixtures/scripted-server.ts'

const kinds = fc.constantFrom('access' as const, 'refresh' as const)
const times = fc.record({ exp: fc.maxSafeInteger(), iat: fc.maxSafeInteger() })
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a stand-in token', () => {
  it('has the times and the kind of the token that it replaces, and is a JWT', () => {
    fc.assert(
      fc.property(kinds, times, (kind, of) => {
        const made = standInFor(kind, of)
        expect(kindOf(made)).toBe(kind)
        expect(timesOf(made)).toEqual(of)
        expect(made.split('.')).toHaveLength(3)
      }),
    )
  })

  it('is unique, because the SDK identifies sessions by their tokens', () => {
    const made = Array.from({ length: 100 }, () => standInFor('access', { exp: 1, iat: 0 }))
    expect(new Set(made).size).toBe(100)
  })

  it('is distinguished from a real token, from the empty one of a signed-out user, and from any other text', () => {
    expect(kindOf(newToken())).toBeNull()
    expect(kindOf('')).toBeNull()
    expect(kindOf(`a.${encode({ latchkey: 'root' })}.c`)).toBeNull()
    fc.assert(fc.property(fc.string(), (any) => void expect(kindOf(any)).toBeNull()))
  })
})

describe('the times of a token', () => {
  it('are integers or null, whatever the payload is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const read = timesOf(`e30.${encode(payload)}.c2ln`)
        if (read !== null) expect([Number.isSafeInteger(read.exp), Number.isSafeInteger(read.iat)]).toEqual([true, true])
      }),
    )
  })

  it.each<[string, object]>([
    ['no iat', { exp: 1 }],
    ['no exp', { iat: 1 }],
    ['an exp beyond all numbers', { exp: 1e300, iat: 1 }],
    ['an exp that is null', { exp: null, iat: 1 }],
    ['an exp in extended JSON', { exp: { $numberLong: '1' }, iat: 1 }],
  ])('are null with %s', (_, payload) => {
    expect(timesOf(`e30.${encode(payload)}.c2ln`)).toBeNull()
  })

  it('are null for a text that could break out of its header', () => {
    const [header, payload, signature] = newToken().split('.')
    for (const bad of ['\r\n', ' ', '\0', 'é', '']) expect(timesOf(`${header}.${payload}.${bad && signature + bad}`)).toBeNull()
    expect(timesOf(`${header}.${payload}`)).toBeNull()
    expect(timesOf(`${header}.${payload}.${signature}.`)).toBeNull()
  })
})
