import { Failure } from '../process/failure.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { installedByHand } from '../set-up/dependencies.mjs'
import { knownHoles, registrySignatures } from './audit.mjs'
import { supportEnds, supportFault } from './electron-support.mjs'
import { licenceFaults } from './licences.mjs'
import { lockFaults } from './lock-file.mjs'
import { manifest, packagesOfLock } from './packages.mjs'
import { shippedPackages } from './shipped.mjs'

/**
 * Checks everything about third-party code, and about the Electron that releases are built with.
 * @param {(line: string) => void} say called with what is good, and with what could not be checked
 * @param {string} [root] the checkout, with its packages installed
 * @returns {Promise<void>}
 * @throws {Failure} with every fault that was found
 */
export async function checkSupply(say, root = checkout) {
  const [packages, shipped] = [packagesOfLock(root), shippedPackages(root)]
  const electron = manifest(root)['devDependencies'].electron
  const faults = [...lockFaults(root), ...licenceFaults(packages, shipped)]
  if (!installedByHand(root)) faults.push('node_modules is not what package-lock.json says: npm ci puts it right.')
  const support = supportFault(electron, new Date())
  if (support !== null) faults.push(support)
  say(
    `${packages.length} packages, of ${shipped.length} of which people get code; Electron ${electron} is supported until ${supportEnds(electron)?.toISOString().slice(0, 10) ?? 'nobody knows when'}.`,
  )
  for (const [what, asked] of /** @type {const} */ ([
    ['known holes', knownHoles],
    ['registry signatures', registrySignatures],
  ])) {
    const audit = await asked(root)
    if (!audit.asked) say(`${what}: COULD NOT BE ASKED (${audit.why}).`)
    else {
      faults.push(...audit.faults)
      say([`${what}: ${audit.faults.length} that fail, ${audit.told.length} that do not.`, ...audit.told].join('\n  '))
    }
  }
  if (faults.length > 0) throw new Failure(faults.join('\n'), 'What others wrote is not as it should be.')
}
