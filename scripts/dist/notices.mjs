import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '../process/failure.mjs'
import { thirdPartyText } from '../supply/third-party.mjs'

/**
 * Writes the licences that a package has to contain: ours, those of bundled packages, and Node's, which the command contains. Electron's
 * and Chromium's come with Electron.
 * @param {string} root
 */
export function writeNotices(root) {
  const folder = join(root, 'out', 'notices')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE.txt'))
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdPartyText(root))
  copyFileSync(nodeLicence(process.execPath), join(folder, 'LICENSE.node.txt'))
}

/**
 * @param {string} node the executable
 * @returns {string} the path of its licence: beside it, above it, or where distributions put it
 */
function nodeLicence(node) {
  const above = dirname(dirname(node))
  const places = [
    join(dirname(node), 'LICENSE'),
    join(above, 'LICENSE'),
    join(above, 'share', 'doc', 'nodejs', 'LICENSE'),
    join(above, 'share', 'doc', 'nodejs', 'copyright'),
  ]
  const found = places.find((place) => existsSync(place))
  if (found === undefined)
    throw new Failure(
      `The licence of Node is not beside ${node}.`,
      'Use a Node that was installed with its licence. The command contains Node, so packages have to contain the licence.',
    )
  return found
}
