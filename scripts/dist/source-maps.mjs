import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Saves the source maps of main's bundle beside the packages, which do not contain them. They map a position in an error line, such as
 * `index.cjs:1:4711`, to the sources of exactly that build.
 * @param {string} root the checkout, whose app is built
 * @param {string} version of the packages
 * @returns {string} the folder
 */
export function keepSourceMaps(root, version) {
  const built = join(root, 'out', 'main')
  const folder = join(root, 'dist', `latchkey-${version}-source-maps`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(built).filter((one) => one.endsWith('.map'))) copyFileSync(join(built, name), join(folder, name))
  return folder
}
