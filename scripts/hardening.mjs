import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { appEnvironment } from './app/launch.mjs'
import { makeUnpacked } from './dist/unpacked.mjs'
import { items } from './hardening/items.mjs'
import { judge, readResults, table } from './hardening/table.mjs'
import { executableOf, makeDebuggableCopy } from './hardening/debuggable-copy.mjs'
import { script } from './process/script.mjs'
import { runInSession } from './session/session.mjs'
import { cacheFolder } from './set-up/cache-folder.mjs'
import { checkout } from './set-up/checkout.mjs'
import { setUp } from './set-up/steps.mjs'

const help = `npm run hardening [-- VITEST-ARGUMENT...]

Packs the app, and tries on it what an attacker would try. Prints a table: each item, whether it is held, and how that was tried.
Ends with 1 if an item is not held. With arguments that select tests, the items of the other tests are not held.`

await script(help, async (args) => {
  const runtime = await setUp('session')
  const folder = await makeUnpacked(runtime)
  const report = join(mkdtempSync(join(tmpdir(), 'latchkey-hardening-')), 'report.json')
  try {
    const vitest = join(dirname(createRequire(join(checkout, 'package.json')).resolve('vitest/package.json')), 'vitest.mjs')
    const files = args.length > 0 ? args : ['test/hardening/', ...new Set(items.flatMap(({ files = [] }) => files))]
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    // One file after the other: Node has only one port for a debugger that is requested by a signal.
    await runInSession(process.execPath, [vitest, 'run', '--no-file-parallelism', ...reporters, ...files], {
      cwd: checkout,
      env: {
        ...appEnvironment(process.env),
        LATCHKEY_CACHE_DIR: cacheFolder(),
        ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
        LATCHKEY_PACKAGE: executableOf(folder),
        LATCHKEY_DEBUGGABLE_COPY: await makeDebuggableCopy(folder),
      },
    })
    const judged = judge(items, readResults(report), process.platform)
    console.log(`\n${table(judged)}`)
    return judged.every(({ verdict }) => verdict !== 'NOT HELD') ? 0 : 1
  } finally {
    rmSync(dirname(report), { recursive: true, force: true })
  }
})
