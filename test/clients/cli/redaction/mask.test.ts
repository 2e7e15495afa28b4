import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMaskable } from '../../../../clients/cli/redaction/forms.ts'
import { MaskedValues, maskText, Mask } from '../../../../clients/cli/redaction/mask.ts'

/** The masked output for these chunks. */
function masked(values: string[], chunks: readonly Uint8Array[]): Buffer {
  const mask = new Mask(new MaskedValues(values))
  return Buffer.concat([...chunks.map((chunk) => mask.push(chunk)), mask.end()])
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index] ?? bytes.length))
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')
const percent = (sign: string): string => `%${hex(sign.charCodeAt(0), 2).toUpperCase()}`
const unit = (sign: string): string => `\\u${hex(sign.charCodeAt(0), 4)}`
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`
const escape = (text: string, signs: RegExp): string => text.replace(signs, '\\$&')
function python(text: string): string {
  const point = text.codePointAt(0) ?? 0
  if (point >= 32 && point < 127) return text
  return point < 256 ? `\\x${hex(point, 2)}` : point < 65536 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`
}

/** How programs encode a value, implemented independently of the mask. */
const writers: Record<string, (value: string) => string> = {
  'as it is': (value) => value,
  'in JSON': (value) => JSON.stringify({ value }).slice('{"value":"'.length, -2),
  'in JSON within JSON': (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3),
  'in ASCII JSON': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[\u0080-\uffff]/g, (sign) => `\\u${`000${sign.charCodeAt(0).toString(16)}`.slice(-4)}`),
  'in a URL’s path': (value) => encodeURIComponent(value),
  'in a URL’s query': (value) => new URLSearchParams({ value }).toString().slice('value='.length),
  'as Python’s quote writes it': (value) =>
    encodeURIComponent(value)
      .replaceAll('%2F', '/')
      .replace(/[!'()*]/g, percent),
  'as Go’s PathEscape writes it': (value) =>
    encodeURIComponent(value)
      .replace(/%(?:24|26|2B|3A|3D|40)/g, decodeURIComponent)
      .replace(/[!'()*]/g, percent),
  'in a URL within a URL': (value) => encodeURIComponent(encodeURIComponent(value)),
  'as Go’s JSON writes it': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[<>&\u2028\u2029]/g, unit),
  'as .NET’s JSON writes it': (value) =>
    value.replace(/["&'+<>`\\]|[^ -~]/g, (sign) => (sign === '\\' ? '\\\\' : unit(sign).toUpperCase().replace('U', 'u'))),
  'as printf %q writes it': (value) =>
    /[^ -~]/.test(value)
      ? [...Buffer.from(value)].map((byte) => (byte < 32 || byte > 126 ? octal(byte) : escape(String.fromCharCode(byte), /['\\]/))).join('')
      : escape(value, /[^A-Za-z0-9_./:@%+-]/g),
  'as bash -x writes it': (value) => value.replaceAll("'", "'\\''"),
  'as Python’s shlex.quote writes it': (value) => value.replaceAll("'", `'"'"'`),
  'as Python’s repr of bytes writes it': (value) =>
    [...Buffer.from(value)]
      .map((byte) => (byte < 32 || byte > 126 ? `\\x${hex(byte, 2)}` : escape(String.fromCharCode(byte), /['\\]/)))
      .join(''),
  'as Python’s ascii writes it': (value) =>
    [...value]
      .map((sign) => escape(sign, /['\\]/))
      .map(python)
      .join(''),
  'in HTML': (value) =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;').replaceAll("'", '&#x27;'),
  'in HTML, all but letters and digits by their numbers': (value) =>
    value.replace(/[^A-Za-z0-9]/gu, (sign) => `&#x${hex(sign.codePointAt(0) ?? 0, 1)};`),
  'in a URL, in lower case': (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
}

/** Values that are masked. Shorter ones are not, and `run` warns of them. */
const values = fc
  .oneof(fc.string({ minLength: 8, maxLength: 80 }), fc.string({ minLength: 8, maxLength: 80, unit: 'binary' }))
  .filter((value) => Buffer.from(value).toString() === value && !/\*/.test(value) && isMaskable(value))
/** Made of characters that occur in no value here, so that the expected output is known: everything else stays unchanged. */
const around = fc.array(fc.constantFrom('†', '‡', '\n', '\x1b[31m', '\t'), { maxLength: 20 }).map((parts) => parts.join(''))
const places = fc.array(fc.nat(), { maxLength: 12 })

describe('the mask', () => {
  for (const [how, write] of Object.entries(writers)) {
    it(`masks a value ${how}, however the output is chunked, and keeps everything else byte for byte`, () => {
      fc.assert(
        fc.property(values, around, around, places, (value, before, after, at) => {
          fc.pre(!/[†‡\n\t\x1b]/.test(value) && !/^[[31m]/.test(value))
          const output = Buffer.from(`${before}${write(value)}${after}`)
          expect(masked([value], cut(output, at)).toString()).toBe(`${before}${maskText}${after}`)
        }),
        { numRuns: 300 },
      )
    })
  }

  for (const [name, alphabet] of [
    ['base64', 'base64'],
    ['base64url', 'base64url'],
  ] as const) {
    it(`masks a value in ${name} at every alignment, except for characters that it shares with its neighbours`, () => {
      fc.assert(
        fc.property(values, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), places, (value, before, after, at) => {
          const all = before + value + after
          fc.pre(all.indexOf(value) === before.length && all.lastIndexOf(value) === before.length) // contained once: each is masked
          const [head, own] = [Buffer.from(before), Buffer.from(value)]
          const encoded = Buffer.from(`${before}${value}${after}`).toString(alphabet)
          const from = Math.ceil((head.length * 8) / 6)
          const until = Math.floor(((head.length + own.length) * 8) / 6)
          const output = Buffer.from(`‡${encoded}‡`)
          expect(masked([value], cut(output, at)).toString()).toBe(`‡${encoded.slice(0, from)}${maskText}${encoded.slice(until)}‡`)
        }),
        { numRuns: 300 },
      )
    })
  }

  it('masks base64 with line breaks, except for what precedes a break within its first three characters', () => {
    const breaks = [fc.integer({ min: 1, max: 8 }), fc.integer({ min: 4, max: 80 }), fc.constantFrom('\n', '\r\n')] as const
    fc.assert(
      fc.property(values, ...breaks, places, (value, first, width, ending, at) => {
        const encoded = Buffer.from(value).toString('base64')
        const own = encoded.slice(0, Math.floor((Buffer.byteLength(value) * 8) / 6))
        const lines = [encoded.slice(0, first), ...(encoded.slice(first).match(new RegExp(`.{1,${width}}`, 'g')) ?? [])].join(ending)
        const out = masked([value], cut(Buffer.from(lines), at)).toString()
        const shown = first < 4 ? encoded.slice(0, first) + ending : ''
        expect(out.slice(0, shown.length + maskText.length)).toBe(shown + maskText)
        expect(out.slice(shown.length + maskText.length).replace(/\s/g, '')).toBe(encoded.slice(own.length))
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same result however the output is chunked', () => {
    const pieces = fc.array(
      fc.oneof(fc.constantFrom('secret-value-1', 'c2VjcmV0LXZhbHVlLTE', 'secret-', 'value-1', 'secret-value-', '\n', 'x'), fc.string()),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(pieces, places, (all, at) => {
        const output = Buffer.from(all.join(''))
        const whole = masked(['secret-value-1', 'value-12345', 'secret-value-12'], [output])
        expect(masked(['secret-value-1', 'value-12345', 'secret-value-12'], cut(output, at)).equals(whole)).toBe(true)
        expect(whole.includes('secret-value-1')).toBe(false)
      }),
    )
  })

  it('passes any bytes on unchanged if they contain no value', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (chunks) => {
        const output = Buffer.concat(chunks)
        fc.pre(!output.includes('topsecret'))
        expect(masked(['topsecret'], chunks).equals(output)).toBe(true)
      }),
    )
  })

  it('masks overlapping values as one stretch, to the last byte', () => {
    expect(masked(['abcdefgh', 'efghijkl'], [Buffer.from('<abcdefghijkl>')]).toString()).toBe(`<${maskText}>`)
    expect(masked(['abacaba'], [Buffer.from('<abacabacaba>')]).toString()).toBe(`<${maskText}>`)
    expect(masked(['aaaaaa'], [Buffer.from('<aaaaaaaa>')]).toString()).toBe(`<${maskText}>`)
  })

  it('masks the longer of two values if one is a prefix of the other', () => {
    expect(masked(['a-token', 'a-token-of-production'], [Buffer.from('an a-token-of-'), Buffer.from('production')]).toString()).toBe(
      `an ${maskText}`,
    )
    expect(masked(['a-token', 'a-token-of-production'], [Buffer.from('an a-token-of-'), Buffer.from('staging')]).toString()).toBe(
      `an ${maskText}-of-staging`,
    )
  })

  const pem = `-----BEGIN PRIVATE KEY-----\n${['MIIEvQ', 'a+b/c9', 'Zm9vYm'].map((line) => line.repeat(10)).join('\n')}\nQw==\n-----END PRIVATE KEY-----\n`
  it.each([
    ['indented', pem.replaceAll(/^/gm, '    ').trim()],
    ['with CRLF', pem.replaceAll('\n', '\r\n').trim()],
    ['joined by blanks', pem.replaceAll('\n', ' ').trim()],
    ['joined by nothing', pem.replaceAll('\n', '')],
    ['without its headings, broken elsewhere', (pem.replaceAll(/-----.*|\n/g, '').match(/.{1,76}/g) ?? []).join('\n')],
    ['in an HTML form, which sends CRLF', new URLSearchParams({ a: pem.trim().replaceAll('\n', '\r\n') }).toString().slice(2)],
    ['in JSON in a URL', encodeURIComponent(JSON.stringify(pem.trim()).slice(1, -1))],
    ['in HTML, with CRLF', pem.trim().replaceAll('\n', '&#13;&#10;')],
    ['in JSON, with CRLF', JSON.stringify(pem.trim().replaceAll('\n', '\r\n')).slice(1, -1)],
    ['without the line end that it ends with', pem.trim()],
    ...pem
      .split('\n')
      .slice(1, 4)
      .map((line, index) => [`by its line ${index + 2} alone`, line]),
  ])('masks a value of several lines %s', (_, text) => {
    fc.assert(fc.property(places, (at) => void expect(masked([pem], cut(Buffer.from(`<${text}>`), at)).toString()).toBe(`<${maskText}>`)))
  })

  // Regression: no line was long enough to be searched alone, so the lines were not searched together either.
  it.each([
    ['with CRLF', '123456\r\n234567\r\n3456'],
    ['in an HTML form', '123456%0D%0A234567%0D%0A3456'],
    ['joined by blanks', '123456 234567 3456'],
    ['joined by nothing', '1234562345673456'],
    ['in HTML, with CRLF', '123456&#13;&#10;234567&#13;&#10;3456'],
  ])('masks short lines together %s', (_, text) => {
    expect(masked(['123456\n234567\n3456\n'], [Buffer.from(`<${text}>`)]).toString()).toBe(`<${maskText}>`)
  })

  it('masks a value in JSON in a URL, and two quotes in a row as dash writes them', () => {
    const value = `it''s "a" value'`
    const json = encodeURIComponent(JSON.stringify(value).slice(1, -1))
    expect(masked([value], [Buffer.from(`<${json}>`)]).toString()).toBe(`<${maskText}>`)
    expect(masked([value], [Buffer.from(`K='it'"''"'s "a" value'"'"\n`)]).toString()).toBe(`K='${maskText}\n`)
  })

  it('does not mask the public parts of a PEM', () => {
    expect(masked([pem], [Buffer.from('-----BEGIN PRIVATE KEY-----\nother')]).toString()).toBe('-----BEGIN PRIVATE KEY-----\nother')
  })

  it('masks a value with white space at its ends also without it', () => {
    expect(masked(['  spaced value\n'], [Buffer.from('<spaced value>')]).toString()).toBe(`<${maskText}>`)
    const encoded = Buffer.from('spaced value').toString('base64')
    expect(masked(['  spaced value\n'], [Buffer.from(`<${encoded}>`)]).toString()).toBe(`<${maskText}>`)
  })

  it('masks every place at which a search for each value finds one, also where values repeat themselves and overlap', () => {
    const repetitive = fc.string({ minLength: 6, maxLength: 14, unit: fc.constantFrom('a', 'b') })
    const printed = fc.string({ maxLength: 200, unit: fc.constantFrom('a', 'b', 'a', 'b', 'c') })
    fc.assert(
      fc.property(fc.array(repetitive, { minLength: 1, maxLength: 4 }), printed, places, (all, output, at) => {
        const covered = Array.from(output, () => false)
        for (const value of all) {
          for (let found = output.indexOf(value); found >= 0; found = output.indexOf(value, found + 1))
            covered.fill(true, found, found + value.length)
        }
        const expected = Array.from(output, (letter, index) => (!covered[index] ? letter : covered[index - 1] ? '' : maskText)).join('')
        expect(masked(all, cut(Buffer.from(output), at)).toString()).toBe(expected)
      }),
    )
  })

  it('masks nothing for a value of fewer than six characters', () => {
    expect(masked(['1', 'true', 'true \n', '12345'], [Buffer.from('1 true 12345')]).toString()).toBe('1 true 12345')
    expect(masked(['123456', 'пароль'], [Buffer.from('123456 пароль')]).toString()).toBe(`${maskText} ${maskText}`)
  })

  it('holds back only what may become a value, and never a complete value', () => {
    const mask = new Mask(new MaskedValues(['secret-value']))
    expect(mask.push(Buffer.from('Name? se')).toString()).toBe('Name? ')
    expect(mask.push(Buffer.from('nd')).toString()).toBe('send')
    expect(mask.push(Buffer.from('secret-value')).toString()).toBe(maskText)
    const encoded = Buffer.from('secret-value').toString('base64')
    expect(mask.push(Buffer.from(` ${encoded}\n`)).toString()).toBe(` ${maskText}\n`)
    expect(mask.push(Buffer.from(`${encoded[0]}\n`)).toString()).toBe(`${encoded[0]}\n`)
  })

  it('masks nothing if there are no values', () => {
    expect(masked([], [Buffer.from('all of it')]).toString()).toBe('all of it')
    expect(masked([''], [Buffer.from('all of it')]).toString()).toBe('all of it')
  })
})
