import { Failure } from '../process/failure.mjs'
import { supportFault } from '../supply/electron-support.mjs'

/**
 * Fails if the build must not be released.
 * @param {{ kind: import('../set-up/electron/electron.mjs').Runtime['kind'], electron: string, wanted: string, today: Date }} made `electron`: the
 *   installed version; `wanted`: that of package.json
 */
export function checkRelease({ kind, electron, wanted, today }) {
  if (kind === 'development') {
    throw new Failure(
      `Electron ${electron} from the npm registry is for development only: no release may be made with it.`,
      'Reach the host of the official Electron (ELECTRON_MIRROR may name a mirror), remove node_modules/.latchkey/electron.json, and try again.',
    )
  }
  if (electron !== wanted)
    throw new Failure(`This is Electron ${electron}, and package.json names ${wanted}.`, 'Unset ELECTRON_OVERRIDE_DIST_PATH.')
  const fault = supportFault(electron, today)
  if (fault !== null) throw new Failure(fault)
}

/**
 * Refuses a feed that the app would refuse, by the rule of main/updates/feed.ts: a release with it would never open.
 * @param {string} address of the feed; empty for a release without updates
 */
export function checkFeed(address) {
  if (address === '') return
  const folder = address.endsWith('/') ? address : `${address}/`
  const url = URL.canParse(folder) ? new URL(folder) : null
  if (url?.protocol === 'https:' && `${url.username}${url.password}${url.search}${url.hash}` === '') return
  throw new Failure('The feed has to be an https address without a user, a query or a fragment.', 'LATCHKEY_UPDATE_FEED names it.')
}
