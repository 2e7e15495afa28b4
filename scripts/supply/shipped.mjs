import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'
import { manifest, withAllTheyNeed } from './packages.mjs'

/** What people get is made of these folders, bundled with what they import, and of `dependencies`. */
const sources = ['shared', 'main', 'preload', 'renderer', 'backend', 'clients']

/**
 * Every package of which people get code: `dependencies`, what the bundlers take in from `devDependencies`, and all that these need. It
 * errs to the side of too many: a package of which a bundler takes nothing is named too.
 * @param {string} [root] the checkout, with its packages installed
 * @returns {import('./packages.mjs').Locked[]}
 */
export function shippedPackages(root = checkout) {
  return withAllTheyNeed([...new Set([...Object.keys(manifest(root).dependencies), ...importedNames(root)])], root)
}

/**
 * The packages that the sources import. Electron's package is not among them: it only fetches the runtime, which has its own papers.
 * @param {string} root
 * @returns {string[]}
 */
function importedNames(root) {
  const files = sources.flatMap((folder) => sourcesBelow(join(root, folder)))
  const specifiers = files.flatMap((file) => importsIn(readFileSync(file, 'utf8')))
  return specifiers
    .filter((one) => !one.startsWith('.') && !isBuiltin(one))
    .map(packageName)
    .filter((name) => name !== 'electron')
}

/**
 * @param {string} text
 * @returns {string[]} what is imported by a text of TypeScript or Svelte, without types
 */
export function importsIn(text) {
  const code = text.replace(/^\s*(?:import|export) type [^;]*? from '[^']+'/gm, '')
  const matches = code.matchAll(/(?:\bfrom|^\s*import|\bimport\(|\brequire\()\s*'([^']+)'/gm)
  return [...matches].map(([, specifier]) => /** @type {string} */ (specifier))
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesBelow(path)
    return /\.(?:ts|svelte)$/.test(entry.name) ? [path] : []
  })
}
