import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from '../process/failure.mjs'

/** The folder that holds package.json. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @param {string} [root]
 * @returns {string} the app's version, as package.json names it
 */
export function appVersion(root = checkout) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

/**
 * The version and checksum of a package in the lock file.
 * @param {string} name
 * @param {string} [root]
 * @returns {{ version: string, integrity: string }}
 */
export function lockedPackage(name, root = checkout) {
  const entry = lockedPackages(root)[`node_modules/${name}`]
  if (entry?.version === undefined || entry.integrity === undefined) {
    throw new Failure(`package-lock.json does not pin ${name}.`, 'Restore package-lock.json from the repository.')
  }
  return { version: entry.version, integrity: entry.integrity }
}

/**
 * @param {string} [root]
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} by path, as npm writes them
 */
export function lockedPackages(root = checkout) {
  const path = join(root, 'package-lock.json')
  try {
    const { packages } = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof packages !== 'object' || packages === null) throw new Error('it has no "packages"')
    return packages
  } catch (error) {
    throw new Failure(`package-lock.json cannot be read: ${String(error)}`, 'Restore it from the repository.')
  }
}
