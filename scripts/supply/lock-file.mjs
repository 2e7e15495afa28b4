import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'
import { manifest, packagesOfLock } from './packages.mjs'

/**
 * Packages with install scripts, which are never run here, and what is done instead. A package that is not on the list was not reviewed.
 * @type {Readonly<Record<string, string>>}
 */
const scriptsNotRun = {
  '@github/keytar': 'its built file is in the package',
  koffi: 'its built file is in a package of the platform',
  realm: 'built by scripts/set-up/realm/realm.mjs, from the source in the package',
  esbuild: 'its program is in a package of the platform; the script only checks that it runs',
  'electron-winstaller': 'not used: it makes a kind of installer that is not made here',
}

/**
 * What is wrong with package.json, package-lock.json and .npmrc together: each installed package has to be one exact file, whichever
 * registry it comes from, and installing must not run any of its code.
 * @param {string} [root] the checkout
 * @returns {string[]} a sentence for each
 */
export function lockFaults(root = checkout) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const settings = readFileSync(join(root, '.npmrc'), 'utf8')
  return [...agreementFaults(manifest(root), lock), ...packagesOfLock(root).flatMap(packageFaults), ...settingFaults(settings)]
}

/**
 * @param {Record<string, any>} wanted package.json
 * @param {{ lockfileVersion?: unknown, packages?: Record<string, any> }} lock
 * @returns {string[]}
 */
export function agreementFaults(wanted, lock) {
  if (lock.lockfileVersion !== 3) return ['package-lock.json is not of version 3.']
  const locked = lock.packages?.[''] ?? {}
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => {
    const [ours, theirs] = [wanted[kind] ?? {}, locked[kind] ?? {}]
    return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((name) => {
      const range = ours[name]
      if (range !== theirs[name])
        return [`${name} is ${range ?? 'absent'} in package.json and ${theirs[name] ?? 'absent'} in package-lock.json.`]
      const version = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(range)?.[1]
      if (version === undefined) return [`${name} is not pinned to one version: ${range}.`]
      const installed = lock.packages?.[`node_modules/${name}`]?.version
      return installed === version ? [] : [`${name} is to be ${version}, and package-lock.json installs ${installed ?? 'none'}.`]
    })
  })
}

/**
 * @param {import('./packages.mjs').Locked} one
 * @returns {string[]}
 */
export function packageFaults({ name, version, path, link, integrity, resolved, hasInstallScript }) {
  const what = `${name}@${version} (${path})`
  if (link) return [`${what} is a link to a folder, which no checksum covers.`]
  const faults = []
  if (integrity === null || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity)) faults.push(`${what} has no sha512.`)
  // Absent is correct: npm then uses the registry that is configured, and the checksum proves that it is the right file.
  if (resolved !== null && !/^https:\/\//.test(resolved)) faults.push(`${what} comes from ${resolved}, which is not https.`)
  if (hasInstallScript && scriptsNotRun[name] === undefined)
    faults.push(`${what} has an install script: review what it does, and note it in scriptsNotRun.`)
  return faults
}

/**
 * @param {string} npmrc
 * @returns {string[]}
 */
export function settingFaults(npmrc) {
  const lines = npmrc
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line))
  const settings = new Map(lines.map((line) => [line.split('=')[0]?.trim() ?? '', line.slice(line.indexOf('=') + 1).trim()]))
  const faults = []
  if (settings.get('ignore-scripts') !== 'true')
    faults.push('.npmrc does not say ignore-scripts=true: packages could run code when they are installed.')
  if (settings.get('save-exact') !== 'true') faults.push('.npmrc does not say save-exact=true: what is added would not be pinned.')
  for (const name of settings.keys()) {
    if (name !== 'ignore-scripts' && name !== 'save-exact')
      faults.push(`.npmrc sets ${name}: only the two settings that everybody needs belong there.`)
  }
  return faults
}
