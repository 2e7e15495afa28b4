import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { readRecord, writeRecord } from '../set-up/record.mjs'

/** The sources of the bundles. */
const sources = [
  'shared',
  'main',
  'preload',
  'renderer',
  'backend',
  'clients/shared/protocol',
  'clients/shared/secure-session',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
]
const bundles = ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html']

/**
 * Builds the app if its sources changed since the last build.
 * @param {string} [root]
 * @returns {Promise<void>}
 */
export async function buildApp(root = checkout) {
  const out = join(root, 'out')
  const record = join(out, 'build.json')
  const wanted = sourceHash(root)
  if (readRecord(record)['sources'] === wanted && bundles.every((path) => existsSync(join(out, path)))) return
  notice('Building the app ...')
  const { status, stdout, stderr } = await capture(process.execPath, [electronVite(root), 'build'], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status !== 0) {
    throw new Failure(`The app could not be built (status ${status}):\n${withoutStack(stderr || stdout)}`, 'Fix that, then try again.')
  }
  writeRecord(record, { sources: wanted })
}

/**
 * @param {string} root
 * @param {string[]} [parts] files and folders, relative to root
 * @returns {string} sha256 over every source file's path and bytes, hexadecimal
 */
export function sourceHash(root, parts = sources) {
  const hash = createHash('sha256')
  for (const path of parts.flatMap((source) => filesUnder(root, source)).sort()) {
    const bytes = readFileSync(join(root, path))
    // The length separates names from content: no two trees give the same stream.
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} relative to root, with forward slashes
 */
function filesUnder(root, path) {
  if (!existsSync(join(root, path))) return []
  if (!/^[^.]+$/.test(path)) return [path]
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
}

/** @param {string} root */
function electronVite(root) {
  const manifest = createRequire(join(root, 'package.json')).resolve('electron-vite/package.json')
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin['electron-vite'])
}

/** @param {string} text */
function withoutStack(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .slice(-25)
    .join('\n')
    .trim()
}
