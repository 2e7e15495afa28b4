import { capture } from '../../process/child.mjs'
import { findProgram } from '../../process/program.mjs'
import { browserNeeds } from './needs.mjs'

/** The major versions that the browser tests were written for. Older ones are used too, and may fail in ways that these do not. */
const testedMajors = { chromium: 156, 'firefox-esr': 153 }

/**
 * Names each installed browser that is older than the one the tests were written for, with the command that updates it.
 * @param {(name: string) => Promise<string>} [versionOf] what `NAME --version` prints
 * @param {boolean} [hasApt] whether apt-get is here
 * @returns {Promise<string[]>} one sentence per browser; none for a browser whose version cannot be read
 */
export async function outdatedBrowsers(versionOf = askVersion, hasApt = findProgram('apt-get') !== null) {
  const sentences = await Promise.all(
    Object.entries(testedMajors).map(async ([name, tested]) => {
      const major = majorVersion(await versionOf(name))
      if (major === null || major >= tested) return []
      const packages = browserNeeds.find((need) => need.name === name)?.packages.join(' ')
      const renew = hasApt
        ? `To renew it: sudo apt-get update && sudo apt-get install -y ${packages}`
        : 'Renew it with your package manager.'
      return [`${name} ${major} is older than the ${tested} that the tests were made for. ${renew}`]
    }),
  )
  return sentences.flat()
}

/**
 * @param {string} printed such as `Chromium 156.0.8078.73 built on Debian` or `Mozilla Firefox 153.1.0esr`
 * @returns {number | null}
 */
export function majorVersion(printed) {
  const major = /\b(\d+)\.\d/.exec(printed)?.[1]
  return major === undefined ? null : Number(major)
}

/** @param {string} name */
async function askVersion(name) {
  return (await capture(name, ['--version'], { deadline: 5_000 })).stdout
}
