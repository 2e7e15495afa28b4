import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { lastLines } from '../../process/last-lines.mjs'
import { notice } from '../../process/notice.mjs'
import { findProgram } from '../../process/program.mjs'
import { listsAreStale } from './package-lists.mjs'
import { takeInventory, unmet } from './inventory.mjs'

/** @typedef {import('./needs.mjs').Need} Need */

/**
 * Makes sure that the system provides what is needed. As root on Debian and Ubuntu it installs what is missing, from lists that are at most
 * a day old, and says what. Otherwise it stops and prints the command to run.
 * @param {Need[]} needs
 * @returns {Promise<void>}
 */
export async function setUpSystemPackages(needs) {
  if (process.platform !== 'linux') return
  const missing = unmet(needs, await takeInventory(needs))
  if (missing.length === 0) return
  const names = missing.map(({ name }) => name).join(', ')
  if (findProgram('apt-get') === null) {
    const inDebian = [...new Set(missing.map(({ packages }) => packages.at(-1)))].join(' ')
    throw new Failure(`Missing on this system: ${names}.`, `Install what brings them with your package manager (in Debian: ${inDebian}).`)
  }
  const root = process.getuid?.() === 0
  const stale = listsAreStale()
  if (root && (stale || choosePackages(missing, await knownPackages(missing)) === null)) {
    notice(stale ? 'The list of system packages is older than a day. Refreshing it ...' : 'Refreshing the list of system packages ...')
    await apt(['update'])
  }
  const packages = choosePackages(missing, await knownPackages(missing))
  if (!root) {
    const command = installCommand(packages ?? missing.map(({ packages: [first = ''] }) => first))
    throw new Failure(`Missing on this system: ${names}.`, `Run this once, then the same command again:\n\n  ${command}\n`)
  }
  if (packages === null) {
    throw new Failure(`No system package is known here that brings ${names}.`, 'Check the sources that apt-get uses.')
  }
  notice(`Installing system packages: ${packages.join(' ')} ...`)
  await apt(['install', '-y', '--no-install-recommends', ...packages])
  const still = unmet(needs, await takeInventory(needs))
  if (still.length > 0) {
    throw new Failure(
      `After installing ${packages.join(', ')} this system still lacks ${still.map(({ name }) => name).join(', ')}.`,
      'Install what brings them by hand, then run the same command again.',
    )
  }
}

/**
 * The packages that meet the needs, without duplicates, by the first name that the release has.
 * @param {Need[]} missing
 * @param {Set<string>} known
 * @returns {string[] | null} null if a need has no known package
 */
export function choosePackages(missing, known) {
  const chosen = missing.map(({ packages }) => packages.find((name) => known.has(name)))
  return chosen.includes(undefined) ? null : [...new Set(/** @type {string[]} */ (chosen))]
}

/**
 * @param {string[]} packages
 * @returns {string}
 */
export function installCommand(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${[...new Set(packages)].join(' ')}`
}

/**
 * @param {string} policy what `apt-cache policy NAME…` prints, in the C locale
 * @returns {Set<string>} the packages that can be installed; a name that is only provided by others has no candidate
 */
export function candidates(policy) {
  const found = [...policy.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (.*)$/gm)]
  return new Set(found.filter(([, , candidate]) => candidate !== '(none)').map(([, name]) => name ?? ''))
}

/** @param {Need[]} needs */
async function knownPackages(needs) {
  const names = [...new Set(needs.flatMap(({ packages }) => packages))]
  const { stdout } = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } })
  return candidates(stdout)
}

/** @param {string[]} args */
async function apt(args) {
  const { status, stdout, stderr } = await capture('apt-get', ['-q', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  })
  if (status !== 0) {
    throw new Failure(
      `apt-get ${args[0]} failed (status ${status}):\n${lastLines(stderr || stdout, 6)}`,
      'Fix that, then run the same command again.',
    )
  }
}
