import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const lines = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('\n')
/** One claim per row. The first two rows of each table are its head. */
const claims = lines
  .filter((line) => line.startsWith('| ') && !line.startsWith('| What holds'))
  .map((line) => ({ says: line.split('|')[1]?.trim() ?? '', tests: [...line.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path) }))

describe('SECURITY.md', () => {
  it('claims something of every attacker, or says that nothing holds', () => {
    const chapters = lines.join('\n').split('\n### ').slice(1)
    expect(chapters.length).toBeGreaterThan(8)
    for (const chapter of chapters) expect(chapter).toMatch(/\| What holds|\*\*Nothing holds/)
    expect(claims.length).toBeGreaterThan(30)
  })

  it.each(claims.map(({ says, tests }) => [says.slice(0, 80), tests] as const))('has tests behind it: %s', (_, tests) => {
    expect(tests).not.toEqual([])
    for (const path of tests) {
      expect(path).toMatch(/\.test\.ts$/) // the files that vitest runs
      expect(existsSync(join(root, path)), path).toBe(true)
      const text = readFileSync(join(root, path), 'utf8')
      expect(text, path).toMatch(/\b(it|test)(\.each\([^]*?\))?\(/)
      expect(text, path).not.toMatch(/\b(it|describe|test)\.(skip|todo|only|fails)\b/)
    }
  })
})
