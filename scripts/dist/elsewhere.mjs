import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'

/** From where electron-builder fetches the tools with which it makes these. */
const host = 'https://github.com'
const targets = /** @type {Record<string, string[]>} */ ({ linux: ['AppImage', 'rpm', 'tar.gz'], darwin: ['dmg', 'zip'], win32: ['nsis', 'portable'] })

/**
 * Makes the packages for which a packager's tools are fetched, out of the unpacked app.
 * @param {{ folder: string, root: string, release: boolean, electron: string, version: string }} app `version`: the app's
 * @returns {Promise<string[]>} their paths; empty where the tools cannot be had, which a release does not put up with
 */
export async function makeOthers({ folder, root, release, electron, version }) {
  const wanted = targets[process.platform] ?? []
  if (!(await canReach(host))) {
    const what = `${wanted.join(', ')}: ${host}, which has the tools for them, cannot be reached.`
    if (release) throw new Failure(`A release lacks ${what}`)
    notice(`Not made are ${what}`)
    return []
  }
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
