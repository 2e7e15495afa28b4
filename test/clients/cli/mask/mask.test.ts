import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Hidden, hidden, Mask } from '../../../../clients/cli/mask/mask.ts'

/** What becomes of an output that arrives in these chunks. */
function masked(values: string[], chunks: readonly Uint8Array[]): Buffer {
  const mask = new Mask(new Hidden(values))
  return Buffer.concat([...chunks.map((chunk) => mask.push(chunk)), mask.end()])
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index] ?? bytes.length))
}

/** How programs write a value, by other means than the mask's own. */
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
  'in a URL, in lower case': (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
}

const values = fc
  .oneof(fc.string({ minLength: 8, maxLength: 80 }), fc.string({ minLength: 8, maxLength: 80, unit: 'binary' }))
  .filter((value) => Buffer.from(value).toString() === value && !/\*/.test(value))
/** Of characters that no value here has, so that what is expected can be said: whatever is not a value stays. */
const around = fc.array(fc.constantFrom('†', '‡', '\n', '\x1b[31m', '\t'), { maxLength: 20 }).map((parts) => parts.join(''))
const places = fc.array(fc.nat(), { maxLength: 12 })

describe('the mask', () => {
  for (const [how, write] of Object.entries(writers)) {
    it(`hides a value ${how}, wherever the chunks are cut, and leaves everything else byte for byte`, () => {
      fc.assert(
        fc.property(values, around, around, places, (value, before, after, at) => {
          fc.pre(!/[†‡\n\t\x1b]/.test(value) && !/^[[31m]/.test(value))
          const output = Buffer.from(`${before}${write(value)}${after}`)
          expect(masked([value], cut(output, at)).toString()).toBe(`${before}${hidden}${after}`)
        }),
        { numRuns: 300 },
      )
    })
  }

  for (const [name, alphabet] of [
    ['base64', 'base64'],
    ['base64url', 'base64url'],
  ] as const) {
    it(`hides a value in ${name}, whatever is encoded with it, but for the characters that it shares with its neighbours`, () => {
      fc.assert(
        fc.property(values, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), places, (value, before, after, at) => {
          const all = before + value + after
          fc.pre(all.indexOf(value) === before.length && all.lastIndexOf(value) === before.length) // in it once: each is hidden
          const [head, own] = [Buffer.from(before), Buffer.from(value)]
          const encoded = Buffer.from(`${before}${value}${after}`).toString(alphabet)
          const from = Math.ceil((head.length * 8) / 6)
          const until = Math.floor(((head.length + own.length) * 8) / 6)
          const output = Buffer.from(`‡${encoded}‡`)
          expect(masked([value], cut(output, at)).toString()).toBe(`‡${encoded.slice(0, from)}${hidden}${encoded.slice(until)}‡`)
        }),
        { numRuns: 300 },
      )
    })
  }

  it('hides base64 that an encoder has broken into lines, but for what stands before a break within its first three characters', () => {
    const breaks = [fc.integer({ min: 1, max: 8 }), fc.integer({ min: 4, max: 80 }), fc.constantFrom('\n', '\r\n')] as const
    fc.assert(
      fc.property(values, ...breaks, places, (value, first, width, ending, at) => {
        const encoded = Buffer.from(value).toString('base64')
        const own = encoded.slice(0, Math.floor((Buffer.byteLength(value) * 8) / 6))
        const lines = [encoded.slice(0, first), ...(encoded.slice(first).match(new RegExp(`.{1,${width}}`, 'g')) ?? [])].join(ending)
        const out = masked([value], cut(Buffer.from(lines), at)).toString()
        const shown = first < 4 ? encoded.slice(0, first) + ending : ''
        expect(out.slice(0, shown.length + hidden.length)).toBe(shown + hidden)
        expect(out.slice(shown.length + hidden.length).replace(/\s/g, '')).toBe(encoded.slice(own.length))
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same however an output of values and all else is cut', () => {
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

  it('passes any bytes on as they are when no value is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (chunks) => {
        const output = Buffer.concat(chunks)
        fc.pre(!output.includes('topsecret'))
        expect(masked(['topsecret'], chunks).equals(output)).toBe(true)
      }),
    )
  })

  it('hides values that overlap as one, to the last byte', () => {
    expect(masked(['abcdefgh', 'efghijkl'], [Buffer.from('<abcdefghijkl>')]).toString()).toBe(`<${hidden}>`)
    expect(masked(['aba'], [Buffer.from('<ababa>')]).toString()).toBe(`<${hidden}>`)
    expect(masked(['aaaa'], [Buffer.from('<aaaaaa>')]).toString()).toBe(`<${hidden}>`)
  })

  it('hides the longer of two values of which one begins with the other', () => {
    expect(masked(['token', 'token-of-production'], [Buffer.from('a token-of-'), Buffer.from('production')]).toString()).toBe(`a ${hidden}`)
    expect(masked(['token', 'token-of-production'], [Buffer.from('a token-of-'), Buffer.from('staging')]).toString()).toBe(
      `a ${hidden}-of-staging`,
    )
  })

  it('keeps back only what could become a value, and a value that is whole not at all', () => {
    const mask = new Mask(new Hidden(['secret-value']))
    expect(mask.push(Buffer.from('Name? se')).toString()).toBe('Name? ')
    expect(mask.push(Buffer.from('nd')).toString()).toBe('send')
    expect(mask.push(Buffer.from('secret-value')).toString()).toBe(hidden)
    const encoded = Buffer.from('secret-value').toString('base64')
    expect(mask.push(Buffer.from(` ${encoded}\n`)).toString()).toBe(` ${hidden}\n`)
    expect(mask.push(Buffer.from(`${encoded[0]}\n`)).toString()).toBe(`${encoded[0]}\n`)
  })

  it('hides nothing when there is nothing to hide', () => {
    expect(masked([], [Buffer.from('all of it')]).toString()).toBe('all of it')
    expect(masked([''], [Buffer.from('all of it')]).toString()).toBe('all of it')
  })
})
