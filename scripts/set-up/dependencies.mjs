import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'
import { checkout, lockedPackages } from './checkout.mjs'
import { npmCommand, npmEnvironment, npmErrors } from './npm.mjs'
import { readRecord, writeRecord } from './record.mjs'

/** @param {string} root */
const recordPath = (root) => join(root, 'node_modules', '.latchkey', 'dependencies.json')

/**
 * Installs what package-lock.json pins, with install scripts off. Does nothing if that is already done. The record of it is in
 * node_modules, which `npm ci` empties first, so an interrupted installation leaves no record.
 * @param {string} [root] the checkout
 * @returns {Promise<void>}
 */
export async function setUpDependencies(root = checkout) {
  const wanted = lockHash(root)
  if (readRecord(recordPath(root))['lock'] === wanted) return
  if (!installedByHand(root)) {
    notice('Installing the npm packages ...')
    // A record of another lock file must not survive if npm fails before it empties the folder.
    rmSync(recordPath(root), { force: true })
    const [command, ...args] = npmCommand()
    const { status, stderr, stdout } = await capture(
      command,
      [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: root, env: npmEnvironment() },
    )
    if (status !== 0) {
      throw new Failure(
        `npm could not install the packages (status ${status}):\n${npmErrors(stderr || stdout)}`,
        'Check the network and the registry that `npm config get registry` names, then run the same command again.',
      )
    }
  }
  writeRecord(recordPath(root), { lock: wanted })
}

/**
 * The key of the record.
 * @param {string} root
 * @returns {string} sha256 of package-lock.json, hexadecimal
 */
export function lockHash(root) {
  lockedPackages(root)
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/**
 * Whether a manual `npm install` has already installed every locked package, according to the list that npm writes when it has finished.
 * Optional packages are for other platforms and may be absent.
 * @param {string} root
 * @returns {boolean}
 */
export function installedByHand(root) {
  let installed
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
  } catch {
    return false
  }
  return Object.entries(lockedPackages(root))
    .filter(([path, entry]) => path !== '' && entry.optional !== true)
    .every(([path, entry]) => installed?.[path]?.integrity === entry.integrity && existsSync(join(root, path, 'package.json')))
}
