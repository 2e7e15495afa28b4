import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { Failure } from '../../process/failure.mjs'

/**
 * The include folders that may contain the headers of the running Node, best first.
 * @param {{ execPath: string, version: string, home: string, platform: NodeJS.Platform, environment: NodeJS.ProcessEnv,
 *   prefix: string | undefined }} host `version` without its v; `prefix` is the one Node was compiled for
 * @returns {string[]}
 */
export function headerFolders({ execPath, version, home, platform, environment, prefix }) {
  const caches =
    platform === 'darwin'
      ? [join(home, 'Library', 'Caches', 'node-gyp')]
      : platform === 'win32'
        ? [join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'node-gyp', 'Cache')]
        : [join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'node-gyp'), join(home, '.cache', 'node-gyp')]
  const roots = [
    environment['npm_config_nodedir'],
    dirname(dirname(execPath)),
    prefix,
    ...[environment['npm_config_devdir'], ...caches].map((cache) => cache && join(cache, version)),
  ]
  return [...new Set(roots.filter((root) => typeof root === 'string' && root !== ''))].map((root) =>
    join(/** @type {string} */ (root), 'include', 'node'),
  )
}

/**
 * The folder of Node's headers, Node-API's and libuv's, which Realm is compiled with.
 * @returns {string}
 */
export function findNodeHeaders() {
  const variables = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (process.config.variables))
  const prefix = variables['node_prefix']
  const folders = headerFolders({
    execPath: process.execPath,
    version: process.versions.node,
    home: homedir(),
    platform: process.platform,
    environment: process.env,
    prefix: typeof prefix === 'string' ? prefix : undefined,
  })
  const found = folders.find((folder) => ['node_api.h', 'uv.h'].every((header) => existsSync(join(folder, header))))
  if (found !== undefined) return found
  throw new Failure(
    `Realm must be compiled, and the headers of Node ${process.versions.node} are not on this machine.`,
    'Run `npx node-gyp install` in the checkout to fetch them, then run the same command again.',
  )
}
