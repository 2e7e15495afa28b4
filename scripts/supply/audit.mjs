import { capture } from '../process/child.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { npmCommand, npmEnvironment } from '../set-up/npm.mjs'
import { shippedPackages } from './shipped.mjs'

/** @typedef {{ isKnown: false, why: string } | { isKnown: true, faults: string[], warnings: string[] }} Audit `warnings`: findings that do not fail the check */

/**
 * Asks the registry for known vulnerabilities of the installed packages.
 * @param {string} [root]
 * @returns {Promise<Audit>}
 */
export async function knownVulnerabilities(root = checkout) {
  const { status, stdout, stderr, late } = await npm(['audit', '--json'], root)
  const answer = jsonIn(stdout)
  if (late || answer === null || answer.vulnerabilities === undefined)
    return { isKnown: false, why: late ? 'no answer in time' : whyIn(answer, stderr, status) }
  return { isKnown: true, ...judge(answer.vulnerabilities, new Set(shippedPackages(root).map(({ path }) => path))) }
}

/**
 * Checks that each package was signed by the registry that distributes it.
 * @param {string} [root]
 * @returns {Promise<Audit>}
 */
export async function registrySignatures(root = checkout) {
  const keys = await registryKeys(root)
  if (keys !== null) return { isKnown: false, why: keys }
  const { status, stdout, stderr, late } = await npm(['audit', 'signatures', '--json'], root)
  const answer = jsonIn(stdout)
  if (late || answer === null || answer.invalid === undefined)
    return { isKnown: false, why: late ? 'no answer in time' : whyIn(answer, stderr, status) }
  const named = (/** @type {{ name: string, version: string }[]} */ list) => list.map(({ name, version }) => `${name}@${version}`)
  return {
    isKnown: true,
    faults: named(answer.invalid).map((one) => `${one} has a signature that is not the registry's.`),
    warnings: named(answer.missing ?? []).map((one) => `${one} has no signature.`),
  }
}

/**
 * A vulnerability from `high` on in a shipped package is a fault. One in a tool is only reported, because the tool's only input is this
 * checkout.
 * @param {Record<string, any>} vulnerabilities as `npm audit --json` reports them
 * @param {ReadonlySet<string>} shipped the paths of the shipped packages
 * @returns {{ faults: string[], warnings: string[] }}
 */
export function judge(vulnerabilities, shipped) {
  /** @type {{ faults: string[], warnings: string[] }} */
  const judged = { faults: [], warnings: [] }
  for (const { name, severity, via = [], nodes = [] } of Object.values(vulnerabilities)) {
    const advisories = via.filter((/** @type {any} */ one) => typeof one === 'object')
    const sentences = advisories.map((/** @type {any} */ one) => `${name}: ${one.title} (${severity}, ${one.url})`)
    const reaches = nodes.some((/** @type {string} */ path) => shipped.has(path))
    const grave = severity === 'high' || severity === 'critical'
    judged[reaches && grave ? 'faults' : 'warnings'].push(...sentences)
  }
  return judged
}

/** @param {string[]} args @param {string} root */
function npm(args, root) {
  const [command, ...before] = npmCommand()
  return capture(command, [...before, ...args], { cwd: root, env: npmEnvironment(), deadline: 120_000 })
}

/**
 * Without the registry's keys, npm would query each package before it reports that it cannot verify them.
 * @param {string} root
 * @returns {Promise<string | null>} why the keys cannot be fetched; null if they can
 */
async function registryKeys(root) {
  const { stdout } = await npm(['config', 'get', 'registry'], root)
  try {
    const answer = await fetch(new URL('-/npm/v1/keys', stdout.trim().replace(/\/?$/, '/')), { signal: AbortSignal.timeout(10_000) })
    return answer.ok ? null : `the registry answers ${answer.status} when it is asked for its keys`
  } catch (error) {
    return `the registry’s keys cannot be fetched: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** @param {string} text */
function jsonIn(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @param {any} answer @param {string} stderr @param {number} status */
function whyIn(answer, stderr, status) {
  return answer?.message ?? answer?.error?.summary ?? (stderr.trim().split('\n')[0] || `npm ended with ${status}`)
}
