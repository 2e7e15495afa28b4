import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '../../../renderer')
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|css)$/.test(file))

/** Physical directions, which are wrong on a page that is written from right to left. */
const sided = [
  /(?<![\w-])(?:left|right)\s*:/,
  /(?<![\w-])(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
  /(?<![\w-])(?:margin|padding|inset)\s*:\s*\S+\s+(\S+)\s+\S+\s+(?!\1\s*;)\S+\s*;/,
]

describe('styles', () => {
  it.each(files)('of %s work in both writing directions', (file) => {
    const text = readFileSync(join(renderer, file), 'utf8')
    const style = file.endsWith('.css') ? text : text.slice(text.search(/<style\b|$/))
    const lines = style.replace(/\/\*[\s\S]*?\*\//g, '').split('\n')
    expect(
      lines.filter((line) => sided.some((pattern) => pattern.test(line))).map((line) => `${relative('.', file)}: ${line.trim()}`),
    ).toEqual([])
  })
})
