import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import config, { boundaries, importers } from './import-boundaries.mjs'
import { script } from './process/script.mjs'
import { checkout } from './set-up/checkout.mjs'

const help = `node scripts/draw-boundaries.mjs [--write]

Prints the import boundaries of scripts/import-boundaries.mjs as ARCHITECTURE.md shows them: what each folder may import beside itself and
shared/. Several of Node's modules are printed as "node". With --write it replaces the block in ARCHITECTURE.md.`

const width = 140
const indent = 33

/** @returns {string} a row for each boundary, then the folders without one, then the rules that hold for every file */
function draw() {
  const rows = Object.entries(boundaries).map(([place, { own = [], packages = [] }]) => row(place, [...own, ...packagesOf(packages)]))
  const free = row('without a boundary', importers.flatMap(foldersOf).filter(isFree))
  const general = (config.forbidden ?? []).filter(({ name = '' }) => !(name in boundaries))
  return [...rows, free, '', ...general.map(({ name = '', comment = '' }) => row(name, [comment]))].join('\n')
}

/** @param {string[] | 'any'} packages */
function packagesOf(packages) {
  if (packages === 'any') return ['any package but electron, realm and keytar']
  const modules = packages.filter((name) => name.startsWith('node:'))
  return [...packages.filter((name) => !name.startsWith('node:')), ...(modules.length > 1 ? ['node'] : modules)]
}

/**
 * @param {string} top
 * @returns {string[]} the folders in it that have source files
 */
function foldersOf(top) {
  const files = readdirSync(join(checkout, top), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const folders = files.map((file) => file.split(sep)).flatMap(([folder, ...inside]) => (inside.length === 0 ? [] : [`${top}/${folder}/`]))
  return [...new Set(folders)].sort()
}

/** @param {string} folder */
function isFree(folder) {
  return !Object.keys(boundaries).some((place) => folder.startsWith(place) || place.startsWith(folder))
}

/**
 * @param {string} name
 * @param {string[]} parts
 */
function row(name, parts) {
  const lines = ['']
  for (const word of (parts.join(', ') || 'nothing').split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart()
    if (longer.length <= width - indent) lines.pop()
    lines.push(longer.length <= width - indent ? longer : word)
  }
  return lines.map((line, at) => (at === 0 ? name : '').padEnd(indent) + line).join('\n')
}

await script(help, async ([option]) => {
  if (option !== '--write') {
    console.log(draw())
    return 0
  }
  const document = join(checkout, 'ARCHITECTURE.md')
  const block = /(?<=<!-- node scripts\/draw-boundaries\.mjs -->\n```\n)[^`]*(?=\n```\n)/
  writeFileSync(document, readFileSync(document, 'utf8').replace(block, draw))
  return 0
})
