import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildAndRunInSession } from './app/build-and-run.mjs'
import { failureText } from './process/failure.mjs'
import { script } from './process/script.mjs'
import { checkout } from './set-up/checkout.mjs'
import { countLine, countTests, readReport } from './test-run/count.mjs'

const help = `npm test [-- VITEST-ARGUMENT...]

Sets up what is missing, builds the app, and runs the tests in a session with its own screens, D-Bus and keyrings: yours are never
touched. Electron's sandbox is on. As many files run in parallel as there are processor cores, two to four. The last line
is "N passed, N failed".`

/** Test files run in parallel, if a session can give each worker a lane. More than four gain nothing: the longest file decides. */
const workers = process.platform === 'linux' ? Math.min(Math.max(availableParallelism(), 2), 4) : 1

await script(help, async (args) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
  const report = join(folder, 'report.json')
  let status = 1
  try {
    status = await buildAndRunInSession(
      () => [
        join(dirname(createRequire(join(checkout, 'package.json')).resolve('vitest/package.json')), 'vitest.mjs'),
        ...['run', `--maxWorkers=${workers}`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      ],
      workers,
    )
    const count = countTests(readReport(report), status)
    console.log(countLine(count))
    return count.failed === 0 ? 0 : status || 1
  } catch (thrown) {
    // Set-up or the build failed: no test ran, and the last line has to say so too.
    console.error(`\n${failureText(thrown)}`)
    console.log(countLine({ passed: 0, failed: 1 }))
    return status
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
