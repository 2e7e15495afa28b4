import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, sourceHash } from '../app/build.mjs'
import { buildCommand } from '../app/build-command.mjs'
import { buildExtension } from '../app/build-extension.mjs'
import { notice } from '../process/notice.mjs'
import { appVersion, checkout, lockedPackage } from '../set-up/checkout.mjs'
import { readRecord, writeRecord } from '../set-up/record.mjs'
import { checkLoads } from './check-loads.mjs'
import { writeNotices } from './notices.mjs'
import { publisherOf, signingKey } from './signing/signing-key.mjs'

/** The files that determine how the app is packed, besides the built code. */
const sources = ['electron-builder.yml', 'packaging', 'scripts/dist', 'package.json', 'package-lock.json']

/**
 * The version of a package: one that is not a release says so wherever its version is shown.
 * @param {string} version package.json's
 * @param {boolean} release
 * @returns {string}
 */
export function packageVersion(version, release) {
  return release ? version : `${version}-dev`
}

/**
 * @param {string} [root]
 * @returns {string} the folder of the unpacked app that `npm run dist` makes on this machine
 */
export function unpackedFolder(root = checkout) {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  const name = { darwin: `mac${arch}`, win32: `win${arch}-unpacked` }[/** @type {string} */ (process.platform)] ?? `linux${arch}-unpacked`
  return join(root, 'dist', name)
}

/**
 * Builds the app and puts it together with Electron into a folder that can be run. Does nothing if that is up to date.
 * @param {import('../set-up/electron/electron.mjs').Runtime} runtime
 * @param {{ release?: boolean, root?: string }} [options]
 * @returns {Promise<string>} the folder
 */
export async function makeUnpacked(runtime, { release = false, root = checkout } = {}) {
  await buildApp(root)
  await buildCommand(root)
  await buildExtension(root)
  const folder = unpackedFolder(root)
  const record = join(root, 'dist', 'unpacked.json')
  const wanted = { made: [sourceHash(root, sources), ...builds(root), ...otherInputs(runtime, release)].join(' ') }
  if (readRecord(record)['made'] === wanted.made && existsSync(folder)) return folder
  notice('Packing the app ...')
  writeNotices(root)
  rmSync(record, { force: true })
  await pack(runtime, root, release)
  await checkLoads(runtime, folder)
  writeRecord(record, wanted)
  return folder
}

/**
 * Inputs of packing that are not files of the checkout: if one changes, the folder is built again.
 * @param {import('../set-up/electron/electron.mjs').Runtime} runtime
 * @param {boolean} release
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string[]}
 */
export function otherInputs(runtime, release, environment = process.env) {
  return [
    runtime.folder,
    packageVersion('', release),
    publisherOf(signingKey(release, environment)),
    environment['LATCHKEY_UPDATE_FEED'] ?? '',
  ]
}

/** @param {string} root */
function builds(root) {
  return ['', 'command', 'extension'].map((part) => readRecord(join(root, 'out', part, 'build.json'))['sources'] ?? '')
}

/**
 * @param {import('../set-up/electron/electron.mjs').Runtime} runtime
 * @param {string} root
 * @param {boolean} release
 */
async function pack(runtime, root, release) {
  // Imported only if there is something to pack: a fresh checkout has no packages yet when this file is loaded.
  const { default: builder } = await import('electron-builder')
  const key = signingKey(release)
  await builder.build({
    projectDir: root,
    publish: 'never',
    targets: builder.Platform.current().createTarget('dir', builder.archFromString(process.arch)),
    config: {
      electronDist: runtime.folder,
      electronVersion: electronVersion(runtime, root),
      extraMetadata: {
        version: packageVersion(appVersion(root), release),
        publisher: publisherOf(key),
        ...(release ? { updates: process.env['LATCHKEY_UPDATE_FEED'] ?? '' } : {}),
      },
    },
  })
}

/**
 * @param {import('../set-up/electron/electron.mjs').Runtime} runtime
 * @param {string} [root]
 * @returns {string}
 */
export function electronVersion(runtime, root = checkout) {
  const file = join(runtime.folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : lockedPackage('electron', root).version
}
