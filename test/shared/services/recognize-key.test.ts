import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { catalogue } from '../../../shared/services/catalogue.ts'
import type { ServiceId } from '../../../shared/services/catalogue.ts'
import type { Alphabet } from '../../../shared/services/key-format.ts'
import { maxKeyLength, parseFormat, patternOf } from '../../../shared/services/key-format.ts'
import { recognizeKey } from '../../../shared/services/recognize-key.ts'
import { alphabets, charactersOf, keysOf } from './samples.ts'

const seed = 20_261_130
const formats = catalogue.flatMap((service) => service.keys.map((key) => ({ service: service.id, key, format: key.format })))
/** The others are no sums: they do not notice every mistake. */
const sums: readonly (string | undefined)[] = ['crc32-base62', 'gitlab-routable', 'grafana']
const withChecksum = formats.filter(({ key }) => sums.includes(key.checksum))

describe('a key', () => {
  it.each(catalogue.filter(({ keys }) => keys.length > 0))(
    'of $name is recognised as its own, but not inside a longer text',
    ({ id, keys }) => {
      for (const key of keys) {
        const expected = { service: id, use: key.use ?? 'secret' }
        for (const sample of fc.sample(keysOf(key), { seed, numRuns: 20 })) {
          for (const text of [sample, `\n ${sample} \r\n`]) expect(recognizeKey(text), text).toMatchObject(expected)
          const longer = [`key ${sample}`, `"${sample}"`, `${sample}\n${sample}`, `${sample} \u{1f511}`]
          expect(longer.map((text) => recognizeKey(text))).toEqual(longer.map(() => null))
        }
      }
    },
  )

  it('shows the environment that it counts in', () => {
    const modes = (id: ServiceId): unknown[] =>
      formats
        .filter(({ service }) => service === id)
        .flatMap(({ key }) => fc.sample(keysOf(key), { seed, numRuns: 50 }))
        .map((sample) => [/live|test|prod|dev|sandbox|sdbx|AK|TK/.exec(sample)?.[0], recognizeKey(sample)?.mode])
    expect(new Set(modes('stripe').map(String))).toEqual(new Set(['live,live', 'test,test']))
    expect(new Set(modes('plaid').map(String))).toEqual(new Set(['prod,live', 'sandbox,test', 'dev,test']))
    expect(new Set(modes('paddle').map(String))).toEqual(new Set(['live,live', 'sdbx,test']))
    expect(new Set(modes('groq').map((mode) => (mode as unknown[])[1]))).toEqual(new Set([null]))
  })

  it.each(withChecksum)('of $service is not recognised with one character mistyped: $format', ({ key }) => {
    const typos = fc
      .record({ sample: keysOf(key), at: fc.nat(350), character: fc.constantFrom(...alphabets.base64url) })
      .filter(({ sample, at, character }) => at >= 5 && at < sample.length && sample[at] !== character) // the first tell the kind of token
    for (const { sample, at, character } of fc.sample(typos, { seed, numRuns: 500 })) {
      const mistyped = `${sample.slice(0, at)}${character}${sample.slice(at + 1)}`
      expect(recognizeKey(mistyped), mistyped).toBeNull()
    }
  })

  it('of Clerk encodes a host, and of Discord a number', () => {
    const encoded = (text: string): string => Buffer.from(text).toString('base64')
    expect(recognizeKey(`pk_test_${encoded('quiet-owl-12.clerk.accounts.dev$')}`)).toMatchObject({ service: 'clerk', use: 'publishable' })
    for (const text of ['quiet-owl-12.clerk.accounts.dev', 'quiet owl$', '{"alg":"none"}$']) {
      expect(recognizeKey(`pk_test_${encoded(text)}`)).toBeNull()
    }
    const [timestamp, mac] = ['Gx_y-z', 'aB3'.repeat(12)]
    expect(recognizeKey([encoded('123456789012345678'), timestamp, mac].join('.'))).toMatchObject({ service: 'discord' })
    expect(recognizeKey([encoded('{"alg":"HS256"}  '), timestamp, mac].join('.'))).toBeNull()
  })
})

describe('what is no key', () => {
  it.each(Object.keys(alphabets) as Alphabet[])('is not recognised in 10,000 random texts of the alphabet %s', (alphabet) => {
    const found = fc.sample(charactersOf(alphabet, 1, 100), { seed, numRuns: 10_000 }).filter((text) => recognizeKey(text) !== null)
    expect(found).toEqual([])
  })

  it('is not recognised in random UUIDs, JSON Web Tokens and padded base64', () => {
    const part = charactersOf('base64url', 20, 80)
    const texts = fc.oneof(
      fc.uuid(),
      fc.tuple(part, part, part).map(([head, body, sum]) => `eyJ${head}.eyJ${body}.${sum}`),
      fc.uint8Array({ minLength: 8, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    )
    expect(fc.sample(texts, { seed, numRuns: 10_000 }).filter((text) => recognizeKey(text) !== null)).toEqual([])
  })

  it('is not recognised in any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => recognizeKey(text) === null),
      { seed, numRuns: 5_000 },
    )
    expect(['', ' ', '\0', '__proto__', 'constructor', '\ud800'].map((text) => recognizeKey(text))).toEqual(Array(6).fill(null))
  })

  it('is not recognised in the files of this project', () => {
    const found = filesOf(checkout).flatMap((file) =>
      wordsOf(readFileSync(file, 'utf8')).flatMap((word) => {
        const key = recognizeKey(word)
        return key === null ? [] : [`${file.slice(checkout.length)}: ${key.service} ${word.slice(0, 12)}…`]
      }),
    )
    expect(found).toEqual([])
  })
})

describe('a hostile text of a megabyte', () => {
  const megabyte = 1_000_000

  it('is not looked at, since no key is as long', () => {
    for (const text of ['a', ' ', '.', 'A1_-'].map((unit) => unit.repeat(megabyte))) {
      const start = performance.now()
      expect(recognizeKey(text)).toBeNull()
      expect(performance.now() - start).toBeLessThan(50)
    }
  })

  it('does not slow any pattern down', () => {
    for (const { key, format } of formats) {
      const pattern = patternOf(parseFormat(format))
      expect(pattern.source).toMatch(/^\^.*\$$/)
      const [sample = ''] = fc.sample(keysOf(key), { seed, numRuns: 1 })
      const texts = [sample.repeat(Math.ceil(megabyte / sample.length)), `${sample.slice(0, -1)}${(sample.at(-1) ?? '').repeat(megabyte)}`]
      const start = performance.now()
      for (const text of texts) expect(pattern.test(text)).toBe(false)
      expect(performance.now() - start, format).toBeLessThan(400)
    }
  })

  it('takes a moment at the greatest length that is looked at', () => {
    const texts = formats.map(({ key }) =>
      `${fc.sample(keysOf(key), { seed, numRuns: 1 })[0] ?? ''}${'a'.repeat(maxKeyLength)}`.slice(0, maxKeyLength),
    )
    const start = performance.now()
    for (const text of texts) recognizeKey(text)
    expect((performance.now() - start) / texts.length).toBeLessThan(2)
  })
})

/** Text files of the checkout, without what is built or installed. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['.git', 'node_modules', 'out', 'dist'].includes(entry.name) ? [] : filesOf(path)
    return entry.isFile() && statSync(path).size < 2_000_000 && !/\.(png|ico|icns|gz|node|wasm)$/.test(entry.name) ? [path] : []
  })
}

/** Whatever somebody could select in a file by a double click, by quotes or by blanks. */
function wordsOf(text: string): string[] {
  return [...new Set([/\s+/, /[\s"'`<>(),;]+/, /[\s"'`<>(){}[\],;=:]+/, /\W+/].flatMap((gap) => text.split(gap)))]
}
