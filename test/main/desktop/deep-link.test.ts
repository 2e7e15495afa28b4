import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeDeepLink, parseDeepLink } from '../../../main/desktop/deep-link.ts'

const accountId = '0123456789abcdef'
const keyId = '0123456789abcdef01234567'
const toKey = `latchkey://key/${accountId}/${keyId}`

describe('a latchkey link', () => {
  it.each([
    ['latchkey://open', { verb: 'open' }],
    ['latchkey://open/', { verb: 'open' }],
    ['latchkey://quick', { verb: 'quick' }],
    ['latchkey://lock', { verb: 'lock' }],
    [toKey, { verb: 'key', accountId, keyId }],
  ])('%s asks for one thing', (text, link) => {
    expect(parseDeepLink(text)).toEqual(link)
  })

  it.each([
    ['a verb that is not on the list', 'latchkey://delete'],
    ['a verb with something behind it', 'latchkey://lock/now'],
    ['a question', 'latchkey://open?value=1'],
    ['a fragment', 'latchkey://open#1'],
    ['a port or a user', 'latchkey://a@open:1'],
    ['no verb', 'latchkey://'],
    ['one slash', 'latchkey:/open'],
    ['no slash', 'latchkey:open'],
    ['capitals', 'LATCHKEY://open'],
    ['another scheme', 'https://open'],
    ['a key without an account', `latchkey://key/${keyId}`],
    ['an account alone', `latchkey://key/${accountId}`],
    ['a name in place of an id', `latchkey://key/${accountId}/deploy`],
    ['an id that is too long', `${toKey}0`],
    ['a slash behind a key', `${toKey}/`],
    ['a way up', `latchkey://key/${accountId}/../${keyId}`],
    ['an encoded letter', 'latchkey://%6Fpen'],
    ['a line break at its end', 'latchkey://open\n'],
    ['a space before it', ' latchkey://open'],
    ['a second link behind it', 'latchkey://open latchkey://lock'],
    ['more than 2 KiB', `latchkey://open${'/'.repeat(2048)}`],
    ['nothing', ''],
  ])('is refused with %s', (_what, text) => {
    expect(parseDeepLink(text)).toBeNull()
  })

  it('is refused whatever one letter of it is changed to', () => {
    fc.assert(
      fc.property(fc.nat(toKey.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (at, letter) => {
        const changed = toKey.slice(0, at) + letter + toKey.slice(at + 1)
        const read = parseDeepLink(changed)
        if (read !== null) expect(read).toEqual({ verb: 'key', accountId: changed.slice(15, 31), keyId: changed.slice(32) })
      }),
    )
  })

  it('is known as one that was meant, however it is spoilt', () => {
    expect(['latchkey:', 'LatchKey://x', 'latchkey://open', '--latchkey:', './latchkey:x'].map(looksLikeDeepLink)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})
