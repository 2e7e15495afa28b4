import { createHash, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Writes and signs the list of files in an app's folder, which the app verifies at its start: main/install/integrity reads it.
 * @param {{ folder: string, resources: string, platform: string, version: string, release: boolean, key: import('node:crypto').KeyObject }}
 * app
 *   `folder` is the app's, `resources` that of app.asar
 */
export function writeManifest({ folder, resources, platform, version, release, key }) {
  const files = Object.fromEntries(
    filesBelow(folder)
      .filter((name) => isCovered(name, platform))
      .sort()
      .map((name) => [
        name,
        createHash('sha512')
          .update(readFileSync(join(folder, name)))
          .digest('base64'),
      ]),
  )
  const bytes = Buffer.from(`${JSON.stringify({ format: 1, version, release, files }, null, 1)}\n`)
  writeFileSync(join(resources, 'manifest.json'), bytes)
  writeFileSync(join(resources, 'manifest.sig'), `${sign(null, bytes, key).toString('base64')}\n`)
}

/**
 * On Windows, programs and libraries are signed later, and their signature becomes a part of the file.
 * @param {string} name
 * @param {string} platform
 */
function isCovered(name, platform) {
  if (/^(resources\/)?manifest\.(json|sig)$/.test(name)) return false
  return platform !== 'win32' || !/\.(exe|dll)$/i.test(name)
}

/**
 * @param {string} folder
 * @returns {string[]} paths of files, with forward slashes
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
}
