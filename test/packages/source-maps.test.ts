import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { keepSourceMaps } from '../../scripts/dist/source-maps.mjs'

// An error line such as `index.cjs:1:4711` used to lead nowhere.
it('a position in main’s bundle is mapped to its source by the source maps that are saved beside a release', () => {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-maps-'))
  try {
    cpSync(join(checkout, 'out', 'main'), join(root, 'out', 'main'), { recursive: true })
    const folder = keepSourceMaps(root, '1.2.3')
    const scripts = readdirSync(join(root, 'out', 'main')).filter((name) => name.endsWith('.cjs'))
    const found = scripts.flatMap((name) => {
      const script = readFileSync(join(root, 'out', 'main', name), 'utf8')
      expect(script).not.toContain('sourceMappingURL')
      const at = script.indexOf('latchkey: a fault (')
      if (at < 0) return []
      const before = script.slice(0, at).split('\n')
      const map = new SourceMap(JSON.parse(readFileSync(join(folder, `${name}.map`), 'utf8')) as SourceMapPayload)
      const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0)
      return 'originalSource' in entry ? [entry.originalSource] : []
    })
    expect(found).toEqual([expect.stringMatching(/main\/error-reporter\.ts$/)])
    expect(existsSync(join(root, 'dist', 'latchkey-1.2.3-source-maps', 'index.cjs.map'))).toBe(true)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

it('no package contains the source maps', () => {
  expect(readFileSync(join(checkout, 'electron-builder.yml'), 'utf8')).toContain("- '!out/**/*.map'")
})
