import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { thirdPartyText } from '../supply/third-party.mjs'

/** What is said about Bun, which the command contains, and the texts of the licences that ask for it. */
const ofBun = ['bun.txt', 'LGPL-2.txt', 'LGPL-2.1.txt']

/**
 * Writes the licences that a package has to contain: ours, those of bundled packages, and Bun's. Electron's and Chromium's come with
 * Electron.
 * @param {string} root
 */
export function writeNotices(root) {
  const folder = join(root, 'out', 'notices')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE.txt'))
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdPartyText(root))
  const texts = ofBun.map((name) => readFileSync(join(root, 'packaging', 'licences', name), 'utf8').trim())
  writeFileSync(join(folder, 'LICENSE.bun.txt'), `${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`)
}
