/**
 * When each major version of Electron became stable: https://www.electronjs.org/docs/latest/tutorial/electron-timelines. Add a new one when
 * package.json takes it.
 * @type {Readonly<Record<number, string>>}
 */
export const stableSince = {
  25: '2023-05-30',
  26: '2023-08-15',
  27: '2023-10-10',
  28: '2023-12-05',
  43: '2026-06-30',
  44: '2026-08-25',
  45: '2026-10-20',
}

/** The newest three major versions are supported: support ends on the day when the third version after it becomes stable. */
const supportedMajors = 3
/** A new major version comes every eight weeks, sometimes later and never sooner. */
const weeksOfMajor = 8

/**
 * The day from which a major version gets no more fixes. If the table lacks the version that ends its support, it is the earliest possible
 * day: a release after it requires a look at the timeline and a new line in the table.
 * @param {string} version as `45.4.1`
 * @returns {Date | null} null for a version outside the table's range
 */
export function supportEnds(version) {
  const ending = majorOf(version) + supportedMajors
  if (Number.isNaN(ending)) return null
  const date = stableSince[ending]
  if (date !== undefined) return new Date(date)
  const newest = Math.max(...Object.keys(stableSince).map(Number))
  if (ending < newest || majorOf(version) > newest) return null
  return new Date(Date.parse(/** @type {string} */ (stableSince[newest])) + (ending - newest) * weeksOfMajor * 7 * 86_400_000)
}

/**
 * @param {string} version
 * @param {Date} today
 * @returns {string | null} why it must not be used for a release; null if it may
 */
export function supportFault(version, today) {
  const ends = supportEnds(version)
  if (ends === null) return `scripts/supply/electron-support.mjs has no date for the major version of Electron ${version}.`
  if (today < ends) return null
  return `Electron ${version} has had no support since ${ends.toISOString().slice(0, 10)}: no release may be made with it.`
}

/** @param {string} version */
function majorOf(version) {
  return Number(/^\d+/.exec(version)?.[0] ?? Number.NaN)
}
