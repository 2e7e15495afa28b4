import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../main/vault/secret.ts'

const text = 'canary-4f9a1c77e2'
const secret = new Secret(text)
const within = { depth: { list: [secret], map: new Map([['key', secret]]) } }

describe('a secret', () => {
  const ways: Record<string, () => unknown> = {
    JSON: () => JSON.stringify({ secret, within }),
    'a template': () => `${secret}`,
    concatenation: () => 'value: ' + String(secret),
    inspection: () => inspect(secret) + inspect(within, { depth: null, showHidden: true, getters: true }),
    'inspection without custom inspectors': () => inspect(within, { depth: null, customInspect: false, showHidden: true }),
    'its keys and entries': () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret), { ...secret }]),
    'structured clone': () => inspect(structuredClone(within), { depth: null, showHidden: true }),
    'its JSON': () => secret.toJSON(),
    'an error that holds it': () => inspect(Object.assign(new Error('failed'), { secret, cause: secret })),
  }

  it.each(Object.keys(ways))('reveals nothing of its text through %s', (way) => {
    const shown = String(ways[way]?.())
    expect(shown).not.toContain(text)
    expect(shown).not.toContain('4f9a1c77')
    expect(shown).not.toBe('undefined')
  })

  it('returns its text from `expose`', () => {
    expect(secret.expose()).toBe(text)
  })

  it('equals only a secret with the same text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(new Secret(one).equals(new Secret(other))).toBe(one === other)
        expect(new Secret(one).equals(new Secret(one))).toBe(true)
      }),
    )
  })

  it('returns its last four characters only if they are at most an eighth of it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (value) => {
        expect(new Secret(value).lastFour()).toBe(value.length < 32 ? null : value.slice(-4))
      }),
    )
  })
})
