import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areEqualDetails, detailLimits, type KeyDetails, noDetails, parseDetails } from '../../shared/key-details.ts'

function parsed(typed: Partial<KeyDetails>): Partial<KeyDetails> | string {
  const result = parseDetails({ ...noDetails, ...typed })
  if ('fault' in result) return result.fault
  return Object.fromEntries(Object.keys(typed).map((field) => [field, result.details[field as keyof KeyDetails]]))
}

describe('the details of a key', () => {
  it.each<[string, Partial<KeyDetails>, Partial<KeyDetails>]>([
    [
      'blank texts count as none',
      { notes: ' \n', user: '  ', expires: ' ', renewal: '', tags: ['', ' '] },
      { ...noDetails, environment: null },
    ],
    ['notes keep their lines', { notes: '  one\r\ntwo\rthree\tfour \n\n' }, { notes: '  one\ntwo\nthree\tfour' }],
    [
      'text is in Unicode NFC',
      { notes: 'Cafe\u0301', user: 'Cafe\u0301', tags: ['Cafe\u0301'] },
      { notes: 'Café', user: 'Café', tags: ['Café'] },
    ],
    ['white space around a line, and repeated within it, is left out', { user: ' Ada \u00a0 Lovelace ' }, { user: 'Ada Lovelace' }],
    ['a tag that is there already is left out, whatever its case', { tags: ['Billing', 'billing ', 'ci'] }, { tags: ['Billing', 'ci'] }],
    ['a day is one of the calendar', { expires: ' 2028-02-29 ' }, { expires: '2028-02-29' }],
    ['an address is as a browser shows it', { renewal: ' HTTPS://Example.com/a b?c ' }, { renewal: 'https://example.com/a%20b?c' }],
    ['a name in another script shows its ASCII form', { renewal: 'https://аpple.com' }, { renewal: 'https://xn--pple-43d.com/' }],
  ])('%s', (_, typed, details) => {
    expect(parsed({ ...typed })).toEqual(Object.fromEntries(Object.keys(typed).map((field) => [field, details[field as keyof KeyDetails]])))
  })

  it.each<[string, Partial<KeyDetails>]>([
    ['notes', { notes: 'a\u0000b' }],
    ['notes', { notes: 'a\u001bb' }],
    ['notes', { notes: 'a\ud800b' }],
    ['user', { user: 'a\tb' }],
    ['user', { user: 'a\nb' }],
    ['user', { user: 'a\u2028b' }],
    ['tags', { tags: ['a\nb'] }],
    ['tags', { tags: ['a,b'] }],
    ['tags', { tags: ['\udc00'] }],
    ['expires', { expires: '2027-02-29' }],
    ['expires', { expires: '2027-13-01' }],
    ['expires', { expires: '31.1.2027' }],
    ['expires', { expires: '2027-1-31' }],
    ['expires', { expires: '0000-01-01' }],
    ['expires', { expires: '2027-01-31T00:00' }],
    ['renewal', { renewal: 'example.com/keys' }],
    ['renewal', { renewal: 'http://example.com' }],
    ['renewal', { renewal: 'javascript:alert(1)' }],
    ['renewal', { renewal: 'file:///etc/passwd' }],
    ['renewal', { renewal: 'https://ada@example.com' }],
    ['renewal', { renewal: 'https://:secret@example.com' }],
    ['renewal', { renewal: 'https://exa\nmple.com' }],
  ])('are refused for %s in %j', (field, typed) => {
    expect(parsed(typed)).toBe(field)
  })

  it('have lengths in code points, and no more', () => {
    const key = '🗝'
    for (const [field, length] of [
      ['notes', detailLimits.notes],
      ['user', detailLimits.user],
    ] as const) {
      expect(parsed({ [field]: key.repeat(length) })).toEqual({ [field]: key.repeat(length) })
      expect(parsed({ [field]: key.repeat(length + 1) })).toBe(field)
    }
    expect(parsed({ tags: [key.repeat(detailLimits.tag)] })).toEqual({ tags: [key.repeat(detailLimits.tag)] })
    expect(parsed({ tags: [key.repeat(detailLimits.tag + 1)] })).toBe('tags')
    const tags = Array.from({ length: detailLimits.tags }, (_, at) => `tag-${at}`)
    expect(parsed({ tags: [...tags, 'TAG-0'] })).toEqual({ tags })
    expect(parsed({ tags: [...tags, 'more'] })).toBe('tags')
    expect(parsed({ renewal: `https://example.com/${'a'.repeat(detailLimits.renewal)}` })).toBe('renewal')
  })

  it('are the same after they were parsed again', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 40 }))
    const typed = fc.record({
      ...{ notes: text, user: text, tags: fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 12 }) },
      environment: fc.constantFrom(null, 'test' as const),
      expires: fc.option(fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))),
      renewal: fc.option(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })),
    })
    fc.assert(
      fc.property(typed, (any) => {
        const first = parseDetails(any)
        if ('fault' in first) return
        const second = parseDetails(first.details)
        expect('details' in second && areEqualDetails(second.details, first.details)).toBe(true)
      }),
    )
  })

  it('differ if one field does', () => {
    const one: KeyDetails = {
      notes: 'n',
      tags: ['t'],
      environment: 'test',
      user: 'u',
      expires: '2027-01-31',
      renewal: 'https://a.example/',
    }
    expect(areEqualDetails(one, { ...one, tags: ['t'] })).toBe(true)
    for (const field of Object.keys(one) as (keyof KeyDetails)[])
      expect(areEqualDetails(one, { ...one, [field]: noDetails[field] })).toBe(false)
    expect(areEqualDetails(one, { ...one, tags: ['T'] })).toBe(false)
  })
})
