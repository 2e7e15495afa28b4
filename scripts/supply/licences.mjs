/** Licences under which others' code may be part of the packages: they ask for their text to come along, and for no more. */
const forPeople = new Set([
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
/** And under which it may be a tool here, of which nothing reaches anybody. */
const forTools = new Set([...forPeople, 'MPL-2.0', 'CC-BY-4.0', 'CC0-1.0', 'WTFPL'])

/**
 * What packages say of themselves in a way that no program reads. For this one version each, so that the next is looked at again.
 * @type {Readonly<Record<string, { licence: string, because: string }>>}
 */
const readByHand = {
  'realm@10.20.0': { licence: 'Apache-2.0', because: 'its file LICENSE is the Apache License 2.0 and a note on export' },
  'realm-network-transport@0.7.2': { licence: 'Apache-2.0', because: 'a part of realm-js, under the LICENSE of its repository' },
  'svelte-toolbelt@0.10.7': { licence: 'MIT', because: 'its file LICENSE is the MIT licence' },
}

/**
 * @param {{ name: string, version: string, license: string | null }} one
 * @returns {string | null} as an SPDX expression; null where it cannot be told
 */
export function licenceOf({ name, version, license }) {
  return readByHand[`${name}@${version}`]?.licence ?? license
}

/**
 * @param {import('./packages.mjs').Locked[]} packages all of the lock
 * @param {import('./packages.mjs').Locked[]} shipped those of which people get code
 * @returns {string[]} a sentence for each package that may not be used as it is; also for what was read by hand and is gone
 */
export function licenceFaults(packages, shipped) {
  const toPeople = new Set(shipped.map(({ path }) => path))
  const known = new Set(packages.map(({ name, version }) => `${name}@${version}`))
  const faults = packages.flatMap((one) => {
    const licence = licenceOf(one)
    const allowed = toPeople.has(one.path) || !one.dev ? forPeople : forTools
    if (licence !== null && isAllowed(licence, allowed)) return []
    return [
      `${one.name}@${one.version} is under ${licence ?? 'a licence that it does not tell'}, which is not on the list for ${allowed === forPeople ? 'what people get' : 'tools'}.`,
    ]
  })
  const stale = Object.keys(readByHand).filter((one) => !known.has(one))
  return [...faults, ...stale.map((one) => `${one} is not installed any more: take its licence out of readByHand.`)]
}

/**
 * Of `OR` one side has to be allowed, of `AND` both. Anything else that is no single known name is refused.
 * @param {string} expression
 * @param {ReadonlySet<string>} allowed
 * @returns {boolean}
 */
export function isAllowed(expression, allowed = forPeople) {
  const text = expression.trim().replace(/^\(([^()]*)\)$/, '$1')
  if (/[()]/.test(text)) return false
  return text.split(/\s+OR\s+/).some((side) => side.split(/\s+AND\s+/).every((name) => allowed.has(name)))
}
