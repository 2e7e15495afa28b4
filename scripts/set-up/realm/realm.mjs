import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { notice } from '../../process/notice.mjs'
import { cacheFolder } from '../cache-folder.mjs'
import { checkout, lockedPackage } from '../checkout.mjs'
import { digest } from '../integrity.mjs'
import { withLock } from '../lock.mjs'
import { compileRealm, scratchFolder } from './realm-compile.mjs'
import { readRecord, writeRecord } from '../record.mjs'

/** The Node-API version that Realm 10 is written for. It is stable: one build works in every later Node and Electron. */
const nodeApi = 5

/** @param {string} root */
const placed = (root) => join(root, 'node_modules', 'realm', 'build', 'Release', 'realm.node')
/** @param {string} root */
const recordPath = (root) => join(root, 'node_modules', '.latchkey', 'realm.json')

/**
 * The name of a build in the cache. It contains everything that would require another build.
 * @param {{ version: string, integrity: string, platform: string, architecture: string }} build
 * @returns {string}
 */
export function realmKey({ version, integrity, platform, architecture }) {
  const sources = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64')
    .toString('hex')
    .slice(0, 16)
  return `${version}-${platform}-${architecture}-napi${nodeApi}-${sources}`
}

/**
 * Whether the native module still has to be compiled, and therefore whether a compiler is needed. Works without node_modules.
 * @param {string} [root]
 * @returns {boolean}
 */
export function realmMustBeBuilt(root = checkout) {
  return !isPlaced(root) && !existsSync(placed(root)) && !existsSync(join(cachedFolder(root), 'realm.node'))
}

/**
 * Puts realm.node where the package looks for it: from the cache, or compiled and then cached.
 * @param {() => Promise<void>} beforeCompiling makes sure of the compiler; called only if there is something to compile
 * @param {string} [root] the checkout, whose npm packages are installed
 * @returns {Promise<void>}
 */
export async function setUpRealm(beforeCompiling, root = checkout) {
  if (isPlaced(root)) return
  // Built manually by npm or cmake-js: as trustworthy as the folder it is in.
  if (existsSync(placed(root)) && (await loadError(placed(root))) === null) return remember(root)
  const cached = cachedFolder(root)
  if (!(await isUsable(cached))) {
    if (process.platform === 'win32') {
      throw new Failure(
        'Set-up cannot compile Realm on Windows.',
        'Build node_modules\\realm with cmake-js and Visual Studio, as the package describes, then run this again.',
      )
    }
    await withLock(`${cached}.lock`, async () => {
      // Another set-up may have built it while this one waited.
      if (await isUsable(cached)) return
      await beforeCompiling()
      await buildIntoCache(root, cached)
    })
  }
  mkdirSync(dirname(placed(root)), { recursive: true })
  const draft = `${placed(root)}.${process.pid}`
  copyFileSync(join(cached, 'realm.node'), draft, constants.COPYFILE_FICLONE)
  renameSync(draft, placed(root))
  remember(root)
}

/** @param {string} root */
function cachedFolder(root) {
  const { version, integrity } = lockedPackage('realm', root)
  const key = realmKey({ version, integrity, platform: process.platform, architecture: process.arch })
  return join(cacheFolder(), 'realm', key)
}

/**
 * Compiles in a scratch folder, and moves the result to its final place only after it was loaded successfully.
 * @param {string} root
 * @param {string} cached
 */
async function buildIntoCache(root, cached) {
  const source = join(root, 'node_modules', 'realm')
  const scratch = scratchFolder(dirname(cached), basename(cached), source)
  const built = await compileRealm(source, scratch)
  const error = await loadError(built)
  if (error !== null) {
    rmSync(scratch, { recursive: true, force: true })
    throw new Failure(`Realm was compiled but does not load: ${error}`, 'The build was deleted. Run the command again.')
  }
  const fresh = `${cached}.new-${process.pid}`
  mkdirSync(fresh, { recursive: true })
  copyFileSync(built, join(fresh, 'realm.node'))
  writeRecord(join(fresh, 'build.json'), { sha256: await digest(join(fresh, 'realm.node'), 'sha256') })
  rmSync(cached, { recursive: true, force: true })
  renameSync(fresh, cached)
  rmSync(scratch, { recursive: true, force: true })
}

/**
 * Whether the cache has an intact copy of this build. A damaged one is reported and built again.
 * @param {string} cached
 * @returns {Promise<boolean>}
 */
export async function isUsable(cached) {
  const path = join(cached, 'realm.node')
  if (!existsSync(path)) return false
  if ((await digest(path, 'sha256')) !== readRecord(join(cached, 'build.json'))['sha256']) {
    notice('The cached build of Realm is damaged: building it again.')
    return false
  }
  const error = await loadError(path)
  if (error !== null) notice(`The cached build of Realm does not load here (${error}): building it again.`)
  return error === null
}

/**
 * Loads a native module in a separate process, because a broken one can crash its process.
 * @param {string} path
 * @returns {Promise<string | null>} why it cannot be loaded, or null if it can
 */
async function loadError(path) {
  const check = 'try { require(process.argv[1]); process.exit(0) } catch (e) { console.error(e.message); process.exit(1) }'
  const { status, stderr, late } = await capture(process.execPath, ['-e', check, path], { deadline: 60_000 })
  if (late) return 'loading it does not end'
  return status === 0 ? null : stderr.trim().split('\n')[0] || `status ${status}`
}

/** @param {string} root */
function isPlaced(root) {
  const record = readRecord(recordPath(root))
  const file = statSync(placed(root), { throwIfNoEntry: false })
  return file !== undefined && record['file'] === fingerprint(file) && record['key'] === basename(cachedFolder(root))
}

/** @param {string} root */
function remember(root) {
  writeRecord(recordPath(root), { key: basename(cachedFolder(root)), file: fingerprint(statSync(placed(root))) })
}

/** @param {import('node:fs').Stats} file */
function fingerprint(file) {
  return `${file.size} ${Math.floor(file.mtimeMs)}`
}
