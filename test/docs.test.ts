import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../scripts/set-up/checkout.mjs'

const inDocs = readdirSync(join(checkout, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
const documents = ['README.md', 'ARCHITECTURE.md', 'SECURITY.md', ...inDocs.map((file) => `docs/${file.replaceAll('\\', '/')}`)]
/** The folders of the checkout; `out/` and `dist/` are built. */
const topFolders = foldersIn('.').filter((name) => !['out', 'dist', 'node_modules'].includes(name) && !name.startsWith('.'))
const sources = topFolders.flatMap((folder) =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' }).map((file) => `/${folder}/${file.replaceAll('\\', '/')}`),
)

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(checkout, document), 'utf8')

  it('names only files and folders that exist', () => {
    const prose = textOf(text, /^ *```[^]*?^ *```/gm, /a new file `[^`]+`/g)
    const named = [...prose.matchAll(/`([\w.@-]+(?:\/[\w.@-]*)*)`/g)].flatMap(([, name = '']) => name)
    const paths = named.filter((name) => name.includes('/') && topFolders.includes(name.split('/')[0] ?? ''))
    expect(paths.filter((path) => !existsSync(join(checkout, path)))).toEqual([])
    const files = named.filter((name) => /^[^.].*\.(ts|svelte|mjs|cjs)$/.test(name)) // with or without the folders that lead there
    expect(files.filter((file) => sources.every((source) => !source.endsWith(`/${file}`)))).toEqual([])
  })

  it('links only to files and headings that exist', () => {
    const prose = textOf(text, /^ *```[^]*?^ *```/gm, /`[^`\n]+`/g)
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link))
    const broken = links.filter((link) => {
      const [file = '', heading] = link.split('#')
      const target = file === '' ? document : posix.normalize(posix.join(dirname(document), file))
      if (!existsSync(join(checkout, target))) return true
      return heading !== undefined && !headingsOf(target).includes(heading)
    })
    expect(broken).toEqual([])
  })
})

/** Names in code that no source has: those of examples and of rejected alternatives. */
const foreign = new Set(['readLastPass', 'safeStorage'])
const words = new Set(
  sources
    .filter((file) => /\.(ts|svelte|mjs|cjs|json|yml|sh)$/.test(file))
    .flatMap((file) => readFileSync(join(checkout, file), 'utf8').match(/[\w$]+/g) ?? []),
)

// Regression: functions were renamed, and the recipes went on with the old names.
describe.each(documents.filter((document) => !document.endsWith('README.md')))('the code in %s', (document) => {
  it('uses only names that the sources have', () => {
    const text = readFileSync(join(checkout, document), 'utf8')
    const code = [...text.matchAll(/^ *```ts\n([^]*?)^ *```|`([^`\n]+)`/gm)].map(([, block, inline]) => block ?? inline ?? '')
    const names = code.flatMap((one) => one.match(/\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*/g) ?? [])
    expect(names.filter((name) => !words.has(name) && !foreign.has(name))).toEqual([])
  })
})

describe('the folder tree of ARCHITECTURE.md', () => {
  const text = readFileSync(join(checkout, 'ARCHITECTURE.md'), 'utf8')
  const [, block = ''] = /## Folders\n\n```\n([^]*?)```/.exec(text) ?? []
  const parents: string[] = []
  const drawn = block.split('\n').flatMap((line) => {
    const [, indent = '', names] = /^( {0,4})((?:[\w-]+\/ )+)/.exec(line) ?? []
    if (names === undefined) return []
    const depth = indent.length / 2
    const paths = names
      .trim()
      .split(' ')
      .map((name) => `${parents[depth - 1] ?? ''}${name}`)
    parents[depth] = paths[0] ?? ''
    return paths
  })

  it('has only folders that exist', () => {
    expect(drawn.length).toBeGreaterThan(40)
    expect(drawn.filter((path) => !existsSync(join(checkout, path)))).toEqual([])
  })

  it('has every folder of main, its vault and the renderer', () => {
    const inside = ['main', 'main/vault', 'renderer'].flatMap((parent) => foldersIn(parent).map((name) => `${parent}/${name}`))
    expect(inside.filter((folder) => !drawn.includes(`${folder}/`))).toEqual([])
  })
})

function foldersIn(parent: string): string[] {
  return readdirSync(join(checkout, parent), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

/** Without examples. */
function textOf(document: string, ...examples: RegExp[]): string {
  return examples.reduce((text, example) => text.replace(example, ''), document)
}

/** The anchors that GitHub makes of headings. */
function headingsOf(document: string): string[] {
  const lines = readFileSync(join(checkout, document), 'utf8').split('\n')
  return lines.filter((line) => /^#+ /.test(line)).map((line) => anchorOf(line.replace(/^#+ /, '')))
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}
