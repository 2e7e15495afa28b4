import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../clients/cli/output/fault.ts'
import { parseReference, referencesIn, referenceUri } from '../../../../clients/cli/references/reference.ts'

describe('a reference on the command line', () => {
  it.each([
    ['payments', null, 'payments'],
    ['64b7f0c2a1b2c3d4e5f60718', null, '64b7f0c2a1b2c3d4e5f60718'],
    ['dev@example.com/payments', 'dev@example.com', 'payments'],
    ['This computer/payments', 'This computer', 'payments'],
    ['dev@example.com (keys.example.com/team)/payments', 'dev@example.com (keys.example.com/team)', 'payments'],
    ['latchkey://This%20computer/payments', 'This computer', 'payments'],
    ['latchkey://dev@example.com/payments', 'dev@example.com', 'payments'],
    ['latchkey:///payments', null, 'payments'],
  ])('may be %s', (text, account, key) => {
    expect(parseReference(text)).toEqual({ account, key })
  })

  it.each([
    '',
    '/',
    'a/',
    '/payments',
    'pay ments',
    'payments!',
    `${'k'.repeat(65)}`,
    'latchkey://',
    'latchkey://payments',
    'latchkey://a/b/c',
    'latchkey://a/payments?x=1',
    'latchkey://%zz/payments',
    'latchkey://%ff/payments',
    'latchkey://%00/payments',
    'latchkey://a/payments/',
    'a\nb/payments',
  ])('may not be %j', (text) => {
    expect(() => parseReference(text)).toThrow(Fault)
  })

  it("is parsed from the address that `list` prints, whatever the account's name", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
        fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
        (account, key) => {
          fc.pre(!/[\u0000-\u001f\u007f-\u009f]/.test(account))
          expect(parseReference(referenceUri(account, key))).toEqual({ account, key })
        },
      ),
    )
  })
})

describe('references in a text', () => {
  const found = (text: string) =>
    referencesIn(text, (line) => `a.yml, line ${line}`).map(({ reference, start, end }) => [
      reference.account,
      reference.key,
      text.slice(start, end),
    ])

  it('are found whatever surrounds them', () => {
    const text = 'a: "latchkey://acme/one", url: https://u:latchkey:///two@host/x?latchkey://b%2Fc/three&d\n(latchkey://d/four).'
    expect(found(text)).toEqual([
      ['acme', 'one', 'latchkey://acme/one'],
      [null, 'two', 'latchkey:///two'],
      ['b/c', 'three', 'latchkey://b%2Fc/three'],
      ['d', 'four', 'latchkey://d/four'],
    ])
  })

  it('are not found in a text that only resembles them', () => {
    expect(found('latchkey: //a/b, Latchkey://a/b and latchkey:/a/b')).toEqual([])
  })

  it.each(['latchkey://', 'latchkey://acme', 'latchkey://acme/', 'latchkey://acme/a/b', 'latchkey://acme/a%20b', 'latchkey://ac me/a'])(
    'that are malformed are refused with their line number: %s',
    (text) => {
      expect(() => referencesIn(`one\ntwo ${text}`, (line) => `a.yml, line ${line}`)).toThrow(
        'a.yml, line 2: what begins there is not a reference to a key.',
      )
    },
  )
})
