import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { checkout } from '../set-up/checkout.mjs'

/**
 * @typedef {{ file: string, title: string, passed: boolean }} Result of one test
 * @typedef {{ number: string, says: string, verdict: 'held' | 'NOT HELD' | 'not on this platform', how: string }} Judged
 */

/**
 * An item holds if at least one of its tests ran and all of them passed.
 * @param {import('./items.mjs').Item[]} items
 * @param {Result[]} results
 * @param {NodeJS.Platform} platform
 * @returns {Judged[]}
 */
export function judge(items, results, platform) {
  return items.map(({ number, says, how, files = [], not = {} }) => {
    const reason = not[platform]
    if (reason !== undefined) return { number, says, verdict: 'not on this platform', how: reason }
    const own = results.filter(({ file, title }) => numbersOf(title).includes(number) || files.some((one) => file.startsWith(one)))
    const failed = own.filter(({ passed }) => !passed)
    const missing = files.filter((one) => !own.some(({ file }) => file.startsWith(one)))
    const verdict = own.length > 0 && failed.length === 0 && missing.length === 0 ? 'held' : 'NOT HELD'
    const short = [...failed.map(({ title }) => `failed: ${title}`), ...missing.map((file) => `did not run: ${file}`)]
    return { number, says, verdict, how: [`${how} (${own.length} test${own.length === 1 ? '' : 's'})`, ...short].join('; ') }
  })
}

/**
 * @param {string} title of a test, which ends with its items' numbers, as `[4, 11]`
 * @returns {string[]}
 */
function numbersOf(title) {
  return /\[([\w, ]+)\]$/.exec(title)?.[1]?.split(', ') ?? []
}

/**
 * @param {string} report vitest's, as JSON
 * @returns {Result[]} with a failed one for each file that could not be loaded
 */
export function readResults(report) {
  /** @type {{ testResults: { name: string, status: string, assertionResults: { fullName: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(checkout, name)
    const own = assertionResults.map((one) => ({ file, title: one.fullName, passed: one.status === 'passed' }))
    return status === 'failed' && own.every(({ passed }) => passed) ? [...own, { file, title: file, passed: false }] : own
  })
}

/**
 * @param {Judged[]} judged
 * @returns {string} one line per item, and a last one with the counts and the items that do not hold
 */
export function table(judged) {
  const lines = judged.map(
    ({ number, says, verdict, how }) => `${number.padStart(3)}  ${verdict.padEnd(20)}  ${says}\n${' '.repeat(27)}${how}`,
  )
  const of = (/** @type {Judged['verdict']} */ verdict) => judged.filter((one) => one.verdict === verdict)
  const count = (/** @type {Judged['verdict']} */ verdict) => `${of(verdict).length} ${verdict.toLowerCase()}`
  const broken = of('NOT HELD').map(({ number, says }) => `${number} ${says}`)
  const named = broken.length === 0 ? '' : `: ${broken.join('; ')}`
  return [...lines, '', `${count('held')}, ${count('not on this platform')}, ${count('NOT HELD')}${named}`].join('\n')
}
