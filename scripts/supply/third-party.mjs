import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'
import { licenceOf } from './licences.mjs'
import { shippedPackages } from './shipped.mjs'

/** Files with the licences of code that a package has copied from others. */
const takenIn = { realm: ['vendor/realm-core/LICENSE', 'vendor/realm-core/THIRD-PARTY-NOTICES'] }

/**
 * The notices of third-party code in the packages: names, versions and licences first, then each licence text once.
 * @param {string} [root] the checkout, with its packages installed
 * @returns {string}
 */
export function thirdPartyText(root = checkout) {
  const packages = shippedPackages(root)
  const list = packages.map((one) => `${one.name} ${one.version} (${licenceOf(one)})`)
  /** @type {Map<string, string[]>} */
  const holders = new Map()
  for (const one of packages) {
    for (const text of textsOf(root, one)) holders.set(text, [...(holders.get(text) ?? []), `${one.name} ${one.version}`])
  }
  const texts = [...holders].map(([text, names]) => `${'-'.repeat(78)}\n${names.join('\n')}\n\n${text}\n`)
  return [
    'Latchkey contains third-party code, each package under the licence named behind it. The runtimes, Electron with',
    'Chromium and Bun, have files of this kind of their own beside this one.',
    '',
    ...[...new Set(list)].sort(),
    '',
    ...texts,
  ].join('\n')
}

/**
 * @param {string} root
 * @param {import('./packages.mjs').Locked} one
 * @returns {string[]} the texts of its licence and notices; if it has none, a line that says that it only names its licence
 */
function textsOf(root, one) {
  const folder = join(root, one.path)
  const names = readdirSync(folder).filter(
    (name) => /^(?:licen[cs]e|copying|notice)(?:$|[.-])/i.test(name) && !/\.(?:js|ts|json)$/i.test(name),
  )
  const more = one.name === 'realm' ? takenIn.realm : []
  const texts = [...names.sort(), ...more].map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim())
  return texts.length > 0 ? texts : [`Under ${licenceOf(one)}; the package does not contain its text.`]
}
