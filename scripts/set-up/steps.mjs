import { notice } from '../process/notice.mjs'
import { outdatedBrowsers } from './system/browser-versions.mjs'
import { setUpDependencies } from './dependencies.mjs'
import { setUpElectron } from './electron/electron.mjs'
import { realmMustBeBuilt, setUpRealm } from './realm/realm.mjs'
import {
  archiveNeeds,
  browserNeeds,
  busNeeds,
  compilerNeeds,
  desktopNeeds,
  promptNeeds,
  proxyNeeds,
  screenNeeds,
  typingNeeds,
} from './system/needs.mjs'
import { setUpSystemPackages } from './system/packages.mjs'

/**
 * Where the app will run: on the user's desktop, on it as root (with a bus of its own), or in a session of its own.
 * @typedef {'desktop' | 'desktop-as-root' | 'session'} Place
 */

/** @type {Record<Place, import('./system/needs.mjs').Need[]>} */
const placeNeeds = {
  desktop: [],
  'desktop-as-root': [...busNeeds, ...promptNeeds],
  session: [...busNeeds, ...screenNeeds, ...browserNeeds, ...(process.env['CI'] === undefined ? [] : proxyNeeds)],
}

/**
 * Sets up everything the app needs. Steps that only the user can do come first. Each step detects whether it is done, so that an
 * interrupted set-up continues and a finished one is quick.
 * @param {Place} place
 * @returns {Promise<import('./electron/electron.mjs').Runtime>}
 */
export async function setUp(place) {
  const compiler = realmMustBeBuilt() ? compilerNeeds : []
  await setUpSystemPackages([...desktopNeeds, ...typingNeeds, ...archiveNeeds, ...placeNeeds[place], ...compiler])
  if (place === 'session') (await outdatedBrowsers()).forEach(notice)
  await setUpDependencies()
  await setUpRealm(() => setUpSystemPackages(compilerNeeds))
  return setUpElectron()
}
