import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, lockedPackages } from '../set-up/checkout.mjs'

/**
 * A package as in package-lock.json.
 * @typedef {{ path: string, name: string, version: string, license: string | null, dev: boolean, optional: boolean,
 *   integrity: string | null, resolved: string | null, link: boolean, hasInstallScript: boolean, needs: string[] }} Locked
 *   `path`: where it is installed, as `node_modules/one/node_modules/other`; `needs`: the names of its dependencies
 */

/**
 * @param {string} [root] the checkout
 * @returns {Locked[]} all but the checkout itself
 */
export function packagesOfLock(root = checkout) {
  const entries = /** @type {[string, any][]} */ (Object.entries(lockedPackages(root)))
  return entries
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? nameIn(path),
      version: String(entry.version),
      license: entry.license ?? null,
      dev: entry.dev === true || entry.devOptional === true,
      optional: entry.optional === true || entry.devOptional === true,
      integrity: entry.integrity ?? null,
      resolved: entry.resolved ?? null,
      link: entry.link === true,
      hasInstallScript: entry.hasInstallScript === true,
      needs: [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peersOf(entry)],
    }))
}

/** @param {any} entry of the lock */
function peersOf({ peerDependencies = {}, peerDependenciesMeta = {} }) {
  return Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)
}

/** @param {string} path @returns {string} the name under which it is imported */
export function nameIn(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * The packages of these names with all their dependencies, resolved as Node does. Packages that are not installed are left out: those for
 * other platforms, and peers that nobody asked for.
 * @param {string[]} names as they are imported
 * @param {string} [root] the checkout, with its packages installed
 * @returns {Locked[]} in the order of their paths
 */
export function withDependencies(names, root = checkout) {
  const byPath = new Map(packagesOfLock(root).map((one) => [one.path, one]))
  /** @type {Map<string, Locked>} */
  const found = new Map()
  /** @param {string} name @param {string} from */
  const take = (name, from) => {
    const path = pathsFrom(from, name).find((one) => byPath.has(one))
    const one = path === undefined ? undefined : byPath.get(path)
    if (one === undefined || found.has(one.path) || !existsSync(join(root, one.path, 'package.json'))) return
    found.set(one.path, one)
    for (const needed of one.needs) take(needed, one.path)
  }
  for (const name of names) take(name, '')
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1))
}

/**
 * @param {string} from a package's path
 * @param {string} name of its import
 * @returns {string[]} the paths where that may be, the nearest first
 */
function pathsFrom(from, name) {
  const at = from.lastIndexOf('node_modules/')
  const here = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`
  return from === '' ? [here] : [here, ...pathsFrom(at <= 0 ? '' : from.slice(0, at - 1), name)]
}

/**
 * @param {string} [root]
 * @returns {Record<string, any>} package.json
 */
export function manifest(root = checkout) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}
