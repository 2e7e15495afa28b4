import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { checkout } from '../set-up/checkout.mjs'

/**
 * Loads each external package of the bundles from the packed archive, as the app will. Otherwise a missing file would be noticed only when
 * the package is used.
 * @param {import('../set-up/electron/electron.mjs').Runtime} runtime
 * @param {string} folder the unpacked app
 */
export async function checkLoads(runtime, folder) {
  if (process.platform === 'darwin') return // on macOS the archive is elsewhere, and the runtime is no longer signed
  const archive = join(folder, 'resources', 'app.asar')
  const bundles = join(checkout, 'out', 'main')
  const scripts = readdirSync(bundles).filter((file) => file.endsWith('.cjs')) // beside their source maps, which contain the text of every library
  const names = scripts.flatMap((file) => externalPackages(readFileSync(join(bundles, file), 'utf8')))
  for (const name of new Set(names)) {
    const code = `require('module').createRequire(${JSON.stringify(join(archive, 'package.json'))})(${JSON.stringify(name)}); process.exit(0)`
    const { status, stderr } = await capture(runtime.executable, ['-e', code], {
      cwd: folder,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      deadline: 60_000,
    })
    if (status !== 0)
      throw new Failure(
        `${name} does not load from the package:\n${stderr.trim()}`,
        'It lacks a file that electron-builder.yml leaves out.',
      )
  }
}

/**
 * @param {string} code of a bundle
 * @returns {string[]} the packages that it loads by name
 */
export function externalPackages(code) {
  // The result of createRequire is called in place: `(…createRequire)(…href)('name')`.
  const calls = code.matchAll(/(?:\brequire|\bimport|\.href\))\(\s*["'`]([a-z@][\w@/.-]*)["'`]\s*\)/g)
  return [...calls]
    .map(([, name]) => /** @type {string} */ (name))
    .filter((name) => !isBuiltin(name) && name !== 'electron' && name !== 'original-fs')
}
