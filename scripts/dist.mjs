import { statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findProgram } from './process/program.mjs'
import { Failure } from './process/failure.mjs'
import { notice } from './process/notice.mjs'
import { script } from './process/script.mjs'
import { appVersion, checkout, lockedPackage } from './set-up/checkout.mjs'
import { setUp } from './set-up/steps.mjs'
import { makeDeb } from './dist/deb/make-deb.mjs'
import { makeElectronBuilderPackages } from './dist/electron-builder/packages.mjs'
import { writeFeed } from './dist/feed.mjs'
import { lastChange } from './dist/last-change.mjs'
import { checkFeed, checkRelease } from './dist/release.mjs'
import { signingKey } from './dist/signing/signing-key.mjs'
import { keepSourceMaps } from './dist/source-maps.mjs'
import { electronVersion, makeUnpacked, packageVersion } from './dist/unpacked.mjs'
import { commandRuntime } from './app/command-runtime.mjs'
import { billOfMaterials } from './supply/sbom.mjs'

const help = `npm run dist [-- --release] [-- --folder]

Makes the packages that this machine can make, in dist/: the app in a folder that runs as it is; a deb, if dpkg-deb is installed; and the
packages of electron-builder.yml, if the host with the tools for them can be reached. Also the list of what they contain (CycloneDX), and
the source maps that lead from an error line to the source.
The version of all of them ends with -dev, and they are signed with a key that was made on this machine.

--folder    makes the folder only, which is quick
--release   makes packages for others, without -dev. Refused unless Electron is official and supported, and LATCHKEY_RELEASE_KEY names
            the file of the Ed25519 key that signs releases. With LATCHKEY_UPDATE_FEED, an https address, the app looks for newer
            versions there, and the files that belong there are made too`

await script(help, async (args) => {
  const unknown = args.find((argument) => !['--release', '--folder'].includes(argument))
  if (unknown !== undefined) throw new Failure(`npm run dist does not know ${unknown}.`, 'npm run dist -- --help lists the options.', 2)
  const release = args.includes('--release')
  const runtime = await setUp('desktop')
  const electron = electronVersion(runtime)
  if (release) {
    checkRelease({ kind: runtime.kind, electron, wanted: lockedPackage('electron').version, today: new Date() })
    checkFeed(process.env['LATCHKEY_UPDATE_FEED'] ?? '')
    signingKey(true)
  }
  const folder = await makeUnpacked(runtime, { release })
  printMade(folder)
  if (args.includes('--folder')) return 0
  const version = packageVersion(appVersion(), release)
  const bill = join(checkout, 'dist', `latchkey-${version}.cdx.json`)
  writeFileSync(bill, `${JSON.stringify(await billOfMaterials({ electron, bun: commandRuntime(checkout).version }), null, 2)}\n`)
  printMade(bill)
  printMade(keepSourceMaps(checkout, version))
  if (process.platform === 'linux') {
    if (findProgram('dpkg-deb') === null) notice('No deb is made: dpkg-deb is not installed.')
    else printMade(await makeDeb({ app: folder, root: checkout, version, date: await lastChange(checkout) }))
  }
  const others = await makeElectronBuilderPackages({ folder, root: checkout, release, electron, version })
  const feed = release ? writeFeed({ paths: others, version, date: new Date(), key: signingKey(true) }) : []
  for (const path of [...others, ...feed]) printMade(path)
  return 0
})

/** @param {string} path */
function printMade(path) {
  const { size } = statSync(path)
  console.log(statSync(path).isDirectory() ? `${relative(checkout, path)}/` : `${relative(checkout, path)}  ${Math.ceil(size / 1e6)} MB`)
}
