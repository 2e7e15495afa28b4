/** Licences of code that may be shipped in the packages: they require that their text is included, and nothing else. */
const forShipped = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'Python-2.0',
])
/** Licences of tools, which are not shipped. */
const forTools = new Set([...forShipped, 'MPL-2.0', 'CC-BY-4.0', 'CC0-1.0', 'WTFPL'])

/**
 * Licences that packages state in a form that no program can read. Each entry is for one version, so that the next is checked again.
 * @type {Readonly<Record<string, { licence: string, because: string }>>}
 */
const readByHand = {
  'realm@10.20.0': { licence: 'Apache-2.0', because: 'its file LICENSE is the Apache License 2.0 and a note on export' },
  'realm-network-transport@0.7.2': { licence: 'Apache-2.0', because: 'a part of realm-js, under the LICENSE of its repository' },
  'svelte-toolbelt@0.10.7': { licence: 'MIT', because: 'its file LICENSE is the MIT licence' },
}

/**
 * @param {{ name: string, version: string, license: string | null }} one
 * @returns {string | null} as an SPDX expression; null if it is unknown
 */
export function licenceOf({ name, version, license }) {
  return readByHand[`${name}@${version}`]?.licence ?? license
}

/**
 * @param {import('./packages.mjs').Locked[]} packages all of the lock
 * @param {import('./packages.mjs').Locked[]} shipped those whose code is shipped
 * @returns {string[]} a sentence for each package that must not be used as it is, and for each entry of the table above that is no longer
 * needed
 */
export function licenceFaults(packages, shipped) {
  const toPeople = new Set(shipped.map(({ path }) => path))
  const known = new Set(packages.map(({ name, version }) => `${name}@${version}`))
  const faults = packages.flatMap((one) => {
    const licence = licenceOf(one)
    const allowed = toPeople.has(one.path) || !one.dev ? forShipped : forTools
    if (licence !== null && isAllowed(licence, allowed)) return []
    return [
      `${one.name}@${one.version} is under ${licence ?? 'a licence that it does not name'}, which is not on the list for ${allowed === forShipped ? 'shipped packages' : 'tools'}.`,
    ]
  })
  const stale = Object.keys(readByHand).filter((one) => !known.has(one))
  return [...faults, ...stale.map((one) => `${one} is not installed any more: remove its licence from readByHand.`)]
}

/**
 * For `OR`, one side has to be allowed, for `AND` both. Anything else that is not a single known name is refused.
 * @param {string} expression
 * @param {ReadonlySet<string>} allowed
 * @returns {boolean}
 */
export function isAllowed(expression, allowed = forShipped) {
  const text = expression.trim().replace(/^\(([^()]*)\)$/, '$1')
  if (/[()]/.test(text)) return false
  return text.split(/\s+OR\s+/).some((side) => side.split(/\s+AND\s+/).every((name) => allowed.has(name)))
}
