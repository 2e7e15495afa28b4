import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkout } from '../../scripts/set-up/checkout.mjs'

// After a change of scripts/import-boundaries.mjs: node scripts/draw-boundaries.mjs --write
it('ARCHITECTURE.md shows the import boundaries as scripts/draw-boundaries.mjs prints them', () => {
  const printed = execFileSync(process.execPath, ['scripts/draw-boundaries.mjs'], { cwd: checkout, encoding: 'utf8' })
  expect(printed).toContain('main/vault/')
  const text = readFileSync(join(checkout, 'ARCHITECTURE.md'), 'utf8')
  expect(text).toContain(`<!-- node scripts/draw-boundaries.mjs -->\n\`\`\`\n${printed}\`\`\`\n`)
})
