import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'
import { billOfMaterials } from './sbom.mjs'
import { thirdPartyText } from './third-party.mjs'

/** The names of the files that tell what is in a package. */
export const inventoryFiles = /** @type {const} */ (['THIRD-PARTY.txt', 'sbom.cdx.json'])

/**
 * Writes what is in a package beside it: whose code under which licence, and the bill of materials.
 * @param {string} folder
 * @param {Record<string, string>} runtimes versions by name, as `{ electron: '45.4.1', node: '20.20.2' }`
 * @param {string} [root] the checkout, with its packages installed
 * @returns {Promise<void>}
 */
export async function writeInventory(folder, runtimes, root = checkout) {
  const [thirdParty, sbom] = inventoryFiles
  writeFileSync(join(folder, thirdParty), thirdPartyText(root))
  writeFileSync(join(folder, sbom), `${JSON.stringify(await billOfMaterials(runtimes, root), null, 2)}\n`)
}
