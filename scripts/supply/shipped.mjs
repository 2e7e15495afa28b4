import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'
import { manifest, withDependencies } from './packages.mjs'

/** The shipped code: these folders, bundled with what they import, and `dependencies`. */
const sources = ['shared', 'main', 'preload', 'renderer', 'backend', 'clients']

/**
 * Every package whose code is shipped: `dependencies`, the bundled ones of `devDependencies`, and all of their dependencies. It may contain
 * too many: a package whose code the bundler drops is listed too.
 * @param {string} [root] the checkout, with its packages installed
 * @returns {import('./packages.mjs').Locked[]}
 */
export function shippedPackages(root = checkout) {
  return withDependencies([...new Set([...Object.keys(manifest(root).dependencies), ...importedNames(root)])], root)
}

/**
 * The packages that the sources import. Without the electron package, which only downloads the runtime; that has its own licences.
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
 * @returns {string[]} the imports in a text of TypeScript or Svelte, without types
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
