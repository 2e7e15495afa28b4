import { Failure } from '../process/failure.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { installedByHand } from '../set-up/dependencies.mjs'
import { knownVulnerabilities, registrySignatures } from './audit.mjs'
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
  if (!installedByHand(root)) faults.push('node_modules does not match package-lock.json: run npm ci.')
  const support = supportFault(electron, new Date())
  if (support !== null) faults.push(support)
  say(
    `${packages.length} packages, ${shipped.length} of them shipped; Electron ${electron} is supported until ${supportEnds(electron)?.toISOString().slice(0, 10) ?? 'nobody knows when'}.`,
  )
  for (const [what, check] of /** @type {const} */ ([
    ['known vulnerabilities', knownVulnerabilities],
    ['registry signatures', registrySignatures],
  ])) {
    const audit = await check(root)
    if (!audit.isKnown) say(`${what}: NOT CHECKED (${audit.why}).`)
    else {
      faults.push(...audit.faults)
      say([`${what}: ${audit.faults.length} errors, ${audit.warnings.length} warnings.`, ...audit.warnings].join('\n  '))
    }
  }
  if (faults.length > 0) throw new Failure(faults.join('\n'), 'The dependencies have to be corrected first.')
}
