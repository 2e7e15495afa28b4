import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { catalogue } from '../../../shared/services/catalogue.ts'
import { firstCharacters, maxKeyLength, parseFormat } from '../../../shared/services/key-format.ts'
import type { FormatPart } from '../../../shared/services/key-format.ts'
import type { Proof } from '../../../shared/services/service.ts'
import { alphabets } from './samples.ts'

const hostName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/

describe('the catalogue', () => {
  it('has at least a hundred services whose keys it recognises', () => {
    expect(catalogue.filter(({ keys }) => keys.length > 0).length).toBeGreaterThanOrEqual(100)
  })

  it('has each service and each format once', () => {
    for (const all of [
      catalogue.map(({ id }) => id),
      catalogue.map(({ name }) => name),
      catalogue.flatMap(({ keys }) => keys.map(({ format }) => format)),
    ]) {
      expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([])
    }
  })

  it('fits into 60 KiB, with all that reads it', async () => {
    const entry = join(checkout, 'shared/services/recognize-key.ts')
    const built = await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, minify: true, lib: { entry, formats: ['cjs'] } },
    })
    const [output] = [built].flat()
    const code =
      output !== undefined && 'output' in output ? output.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('') : ''
    expect(code).toContain('platform.openai.com')
    expect(Buffer.byteLength(code)).toBeLessThan(60 * 1024)
  })

  it('lies in folders that one can take in at a glance', () => {
    const folders = ['', 'records', 'records/development', 'records/business']
    for (const folder of folders) expect(readdirSync(join(checkout, 'shared/services', folder)).length).toBeLessThanOrEqual(15)
  })
})

describe.each(catalogue)('the record of $name', ({ id, keys, renew, variables, sites, proof, source }) => {
  it('names its sources and pages by https, and its hosts by their names', () => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(source.length).toBeGreaterThan(0)
    for (const page of [...source, ...(renew === null ? [] : [renew])]) {
      const { protocol, hostname, username, password } = new URL(page)
      expect([protocol, hostName.test(hostname), username + password], page).toEqual(['https:', true, ''])
    }
    expect(sites.filter((site) => !hostName.test(site))).toEqual([])
    expect(variables.filter((name) => !/^[A-Za-z_]\w*$/.test(name))).toEqual([])
    for (const all of [source, variables, sites]) expect(new Set(all).size).toBe(all.length)
  })

  it('tells keys by much more than chance', () => {
    for (const { format } of keys) {
      const parts = parseFormat(format)
      expect(evidenceOf(parts), format).toBeGreaterThan(30)
      expect(longestOf(parts), format).toBeLessThanOrEqual(maxKeyLength)
      expect(firstCharacters(parts)?.includes('') ?? false, format).toBe(false)
      expect(
        parts.some((part, index) => isOpen(part) && isOpen(parts[index + 1])),
        `${format}: two lengths side by side`,
      ).toBe(false)
    }
  })

  it('proves a key by a request to a host of its own, over TLS and with nothing of the key in the query', () => {
    for (const one of [proof, ...keys.map((key) => key.proof)]) if (one !== null && one !== undefined) checkProof(one)
  })
})

function checkProof(proof: Proof): void {
  const { protocol, hostname, username, password, search, hash } = new URL(proof.url)
  expect([protocol, hostName.test(hostname), username + password, hash], proof.url).toEqual(['https:', true, '', ''])
  expect(search).not.toContain('{')
  expect(proof.url.includes('{key}')).toBe(proof.key.in === 'path')
  expect(Object.keys(proof.headers ?? {}).filter((name) => name !== name.toLowerCase() || name === 'authorization')).toEqual([])
  if (proof.body !== undefined) JSON.parse(proof.body)
  // A key must not be called good or bad by an answer that says neither.
  const all = [...proof.works, ...proof.refused, ...proof.limited]
  expect(proof.works.length * proof.refused.length).toBeGreaterThan(0)
  expect(
    all
      .flatMap(({ status }) => status)
      .filter((status) => status === 429 || status >= 500 || status < 200 || (status >= 300 && status < 400)),
  ).toEqual([])
  for (const { status, field } of proof.refused) expect(status.includes(200) && field === undefined).toBe(false)
}

/** In bits: how much rarer such keys are than printable ASCII of the same length. */
function evidenceOf(parts: readonly FormatPart[]): number {
  const printable = Math.log2(94)
  return parts.reduce((sum, part) => {
    if ('words' in part) return sum + printable * Math.min(...part.words.map((word) => word.length)) - Math.log2(part.words.length)
    return sum + (printable - Math.log2(alphabets[part.alphabet].length)) * Math.min(...part.lengths.map(([min]) => min))
  }, 0)
}

function longestOf(parts: readonly FormatPart[]): number {
  return parts.reduce(
    (sum, part) => sum + Math.max(...('words' in part ? part.words.map((word) => word.length) : part.lengths.map(([, max]) => max))),
    0,
  )
}

function isOpen(part: FormatPart | undefined): boolean {
  return part !== undefined && 'lengths' in part && (part.lengths.length > 1 || part.lengths.some(([min, max]) => min !== max))
}
