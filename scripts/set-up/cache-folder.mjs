import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { Failure } from '../process/failure.mjs'

/**
 * The folder for results that are expensive to build, outside the checkout: one build per machine instead of one per clone.
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {NodeJS.Platform} [platform]
 * @param {string} [home]
 * @returns {string} an absolute path; it may not exist yet
 */
export function cacheFolder(environment = process.env, platform = process.platform, home = homedir()) {
  const given = environment['LATCHKEY_CACHE_DIR']
  if (given) {
    if (!isAbsolute(given)) throw new Failure('LATCHKEY_CACHE_DIR is not an absolute path.', 'Give it one, or unset it.')
    return given
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'latchkey')
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'latchkey', 'Cache')
  // The XDG base directory specification requires relative paths to be ignored.
  const base = environment['XDG_CACHE_HOME']
  return join(base && isAbsolute(base) ? base : join(home, '.cache'), 'latchkey')
}
