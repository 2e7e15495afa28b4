import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasAnswer, isAcknowledgement, parseAnswer, parseFailure } from '../../../../main/realm/server/answers.ts'
import type { Route } from '../../../../main/realm/server/routes.ts'
import { keyId, keyValue, newToken } from '../fixtures/scripted-server.ts'

const bearing = ['login', 'link', 'refresh', 'profile', 'key-create', 'key-list', 'key-fetch'] as const
const other: Route[] = ['location', 'register', 'logout', 'delete-user', 'key-enable', 'key-disable', 'key-delete']

describe('answers', () => {
  it('exist for some routes only', () => {
    expect(bearing.every(hasAnswer)).toBe(true)
    expect(other.some(hasAnswer)).toBe(false)
  })

  it('of any other text are refused, and never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bearing), fc.oneof(fc.string(), fc.json()), (route, body) => {
        const parsed = parseAnswer(route, body)
        expect(route === 'key-list' && body.trim() === '[]' ? [] : null).toEqual(parsed)
      }),
    )
  })

  it('contain the fields of their route and nothing else that the server sent', () => {
    const [access_token, refresh_token] = [newToken(), newToken()]
    const key = { _id: keyId, name: 'deploy', disabled: false }
    const more = { error: null, link: 'x', constructor: 1 }
    const parse = (route: (typeof bearing)[number], body: object): unknown => parseAnswer(route, JSON.stringify({ ...body, ...more }))
    expect(parse('login', { user_id: 'u', access_token, refresh_token, device_id: 'd' })).toEqual({
      user_id: 'u',
      access_token,
      refresh_token,
    })
    expect(parse('link', { access_token, refresh_token })).toEqual({ access_token })
    expect(parse('refresh', { access_token, refresh_token })).toEqual({ access_token })
    expect(parse('profile', { identities: [{ id: 'i', provider_type: 'p', provider_id: 7 }], data: { email: null } })).toEqual({
      identities: [{ id: 'i', provider_type: 'p' }],
    })
    expect(parse('key-create', { ...key, key: keyValue })).toEqual({ ...key, key: keyValue })
    expect(parse('key-fetch', { ...key, key: keyValue })).toEqual(key)
  })

  it('accept only 24 lower-case hex digits as an id', () => {
    const parse = (_id: string): unknown => parseAnswer('key-fetch', JSON.stringify({ _id, name: 'a', disabled: true }))
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 })
    fc.assert(fc.property(digits, (id) => void expect(parse(id)).toEqual({ _id: id, name: 'a', disabled: true })))
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }).filter((id) => !/^[0-9a-f]{24}$/.test(id)),
        (id) => void expect(parse(id)).toBeNull(),
      ),
    )
    expect(parse(`${keyId}\n`)).toBeNull()
  })
})

describe('a list of keys', () => {
  // The second entry used to be treated as a new key, whose record replaced the one with a value.
  it('is refused if it names a key twice', () => {
    const key = { _id: keyId, name: 'deploy', disabled: false }
    const other = { ...key, _id: '0'.repeat(24) }
    expect(parseAnswer('key-list', JSON.stringify([key, other]))).toEqual([key, other])
    for (const twice of [
      [key, key],
      [key, other, { ...key, name: 'other', disabled: true }],
    ]) {
      expect(parseAnswer('key-list', JSON.stringify(twice))).toBeNull()
    }
  })
})

describe('failures', () => {
  it('are parsed from any body, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const { text, errorCode } = parseFailure(body)
        expect([typeof text, typeof errorCode]).toEqual(['string', 'string'])
      }),
    )
  })

  it('keep code and text, each also without the other', () => {
    expect(parseFailure('{"error":"t","error_code":"C","link":7}')).toEqual({ text: 't', errorCode: 'C' })
    expect(parseFailure('{"error":{},"error_code":"C"}')).toEqual({ text: '', errorCode: 'C' })
    expect(parseFailure('{"error":"t","error_code":null}')).toEqual({ text: 't', errorCode: '' })
    expect(parseFailure('<h1>error</h1>')).toEqual({ text: '', errorCode: '' })
    expect(parseFailure('null')).toEqual({ text: '', errorCode: '' })
  })
})

describe('acknowledgements', () => {
  it.each(['', ' \r\n', '{}', '{"error":null}', '{"ok":true}'])('%j is accepted', (body) => {
    expect(isAcknowledgement(body)).toBe(true)
  })

  it.each(['<!doctype html>', 'OK', 'true', 'null', '1', '"ok"', '{', '{"error":"x"}', '{"error_code":"X"}', '{"error":{}}'])(
    '%j is refused',
    (body) => {
      expect(isAcknowledgement(body)).toBe(false)
    },
  )
})
