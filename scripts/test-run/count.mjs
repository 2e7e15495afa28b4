import { readFileSync } from 'node:fs'

/**
 * The counts in vitest's JSON report. A file that could not be loaded has no tests in the report and counts as one failure. A run that
 * failed for another reason (a worker that died, an error outside of all tests) counts as one too, so that a bad run is never reported as
 * good.
 * @param {string | null} report null if no report was written
 * @param {number} status vitest's exit status
 * @returns {{ passed: number, failed: number }}
 */
export function countTests(report, status) {
  const files = testFiles(report)
  const results = files.flatMap((file) => file.assertionResults)
  const passed = results.filter((result) => result.status === 'passed').length
  const failedTests = results.filter((result) => result.status === 'failed').length
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((result) => result.status !== 'failed'),
  ).length
  const failed = failedTests + brokenFiles
  return { passed, failed: failed === 0 && (status !== 0 || files.length === 0) ? 1 : failed }
}

/**
 * @param {{ passed: number, failed: number }} count
 * @returns {string} the last line of a test run, for people and machines
 */
export function countLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}

/**
 * @param {string} path
 * @returns {string | null}
 */
export function readReport(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/**
 * @param {string | null} report
 * @returns {{ status: string, assertionResults: { status: string }[] }[]} empty if the report is absent or truncated
 */
function testFiles(report) {
  if (report === null) return []
  try {
    const { testResults } = JSON.parse(report)
    return Array.isArray(testResults) && testResults.every((file) => Array.isArray(file?.assertionResults)) ? testResults : []
  } catch {
    return []
  }
}
