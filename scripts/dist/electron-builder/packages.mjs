import { constants, cpSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Failure } from '../../process/failure.mjs'
import { notice } from '../../process/notice.mjs'
import { writeManifest } from '../signing/manifest.mjs'
import { signingKey } from '../signing/signing-key.mjs'

/** The host from which electron-builder downloads the tools for these packages. */
const host = 'https://github.com'
const targets = /** @type {Record<string, string[]>} */ ({
  linux: ['AppImage', 'rpm', 'tar.gz'],
  darwin: ['dmg', 'zip'],
  win32: ['nsis', 'portable'],
})

/** @typedef {{ folder: string, root: string, release: boolean, electron: string, version: string }} App `folder`: unpacked; `version`: the app's */

/**
 * Makes the packages whose tools have to be downloaded, from the unpacked app.
 * @param {App} app
 * @returns {Promise<string[]>} their paths; empty if the tools cannot be downloaded, which is an error for a release
 */
export async function makeElectronBuilderPackages(app) {
  const wanted = targets[process.platform] ?? []
  if (!(await canReach(host))) {
    const what = `${wanted.join(', ')}: the tools for them are on ${host}, which cannot be reached.`
    if (app.release) throw new Failure(`A release also needs ${what}`)
    notice(`No package is made of the kinds ${what}`)
    return []
  }
  if (process.platform === 'darwin') return build(app, join(app.folder, 'Latchkey.app'), wanted) // electron-builder takes the bundle there
  if (process.platform !== 'linux') return build(app, app.folder, wanted)
  const made = []
  for (const target of wanted) made.push(...(await makeFromCopy(app, target)))
  return made
}

/**
 * Makes a Linux package from a copy of the folder: electron-builder adds files to what it packs, and later packages would contain them too.
 * @param {App} app
 * @param {string} target
 * @returns {Promise<string[]>}
 */
export async function makeFromCopy(app, target) {
  const copy = join(app.root, 'dist', `${target}-unpacked`)
  rmSync(copy, { recursive: true, force: true })
  cpSync(app.folder, copy, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  try {
    if (target === 'AppImage') await signLibraries(app, copy)
    return await build(app, copy, [target])
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/**
 * electron-builder adds old libraries to an AppImage for x64, and its AppRun makes the app look for libraries there first. The signed file
 * list is created again with these libraries, so that any other library is detected.
 * @param {App} app
 * @param {string} folder the copy that is packed
 */
async function signLibraries({ release, version }, folder) {
  if (process.arch !== 'x64') return
  const builder = createRequire(import.meta.url).resolve('electron-builder')
  /** @type {{ getAppImageTools(version: string, arch: number): Promise<{ runtimeLibraries: string }> }} */
  const { getAppImageTools } = createRequire(builder)('app-builder-lib/out/toolsets/linux.js')
  const { archFromString } = (await import('electron-builder')).default
  const { runtimeLibraries } = await getAppImageTools('0.0.0', archFromString(process.arch))
  cpSync(runtimeLibraries, join(folder, 'usr', 'lib'), { recursive: true, verbatimSymlinks: true })
  writeManifest({ folder, resources: join(folder, 'resources'), platform: 'linux', version, release, key: signingKey(release) })
  rmSync(join(folder, 'usr'), { recursive: true }) // electron-builder adds them itself, and fails if they are already there
}

/**
 * @param {App} app
 * @param {string} folder
 * @param {string[]} wanted
 * @returns {Promise<string[]>}
 */
async function build({ root, electron, version }, folder, wanted) {
  const { default: builder } = await import('electron-builder')
  return builder.build({
    projectDir: root,
    prepackaged: folder,
    publish: 'never',
    targets: builder.Platform.current().createTarget(wanted, builder.archFromString(process.arch)),
    config: { electronVersion: electron, extraMetadata: { version } },
  })
}

/** @param {string} address */
async function canReach(address) {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })
    return true
  } catch {
    return false
  }
}
