import { createHash, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The package of each system that can update itself, by the end of its name. */
const updated = /** @type {Record<string, RegExp>} */ ({ linux: /\.AppImage$/, darwin: /\.zip$/, win32: /(?<!portable.*)\.exe$/i })

/**
 * Writes a release's update feed and its signature beside the packages. main/updates reads both. All three files belong at the address that
 * the release was built with.
 * @param {{ paths: string[], version: string, date: Date, key: import('node:crypto').KeyObject, platform?: NodeJS.Platform, arch?: string
 * }} release
 *   `paths`: of its packages; `key`: the private key that the packages are signed with
 * @returns {string[]} the paths of the manifest and its signature; empty if no package of this system can update itself
 */
export function writeFeed({ paths, version, date, key, platform = process.platform, arch = process.arch }) {
  const packages = paths.filter((path) => updated[platform]?.test(path))
  const [first] = packages
  if (first === undefined) return []
  const files = packages.map((path) => {
    const bytes = readFileSync(path)
    return { url: basename(path), sha512: createHash('sha512').update(bytes).digest('base64'), size: bytes.length }
  })
  const name = `${manifestOf(platform, arch)}.json`
  const bytes = Buffer.from(`${JSON.stringify({ version, files, releaseDate: date.toISOString() }, null, 1)}\n`)
  const signed = Buffer.concat([Buffer.from(`latchkey update manifest 1\n${name}\n`), bytes])
  const [manifest, signature] = [join(first, '..', name), join(first, '..', `${name}.sig`)]
  writeFileSync(manifest, bytes)
  writeFileSync(signature, `${sign(null, signed, key).toString('base64')}\n`)
  return [manifest, signature]
}

/**
 * As main/updates/feed.ts names what it asks for. Each processor has its own, since each machine makes its own packages alone.
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 */
function manifestOf(platform, arch) {
  const system = /** @type {Record<string, string>} */ ({ linux: '-linux', darwin: '-mac' })[platform] ?? ''
  return `latest${system}${arch === 'x64' ? '' : `-${arch}`}`
}
