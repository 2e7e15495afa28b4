import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeDeb } from './dist/deb/make-deb.mjs'
import { debIdentity } from './dist/deb/control.mjs'
import { lastChange } from './dist/last-change.mjs'
import { makeUnpacked, packageVersion } from './dist/unpacked.mjs'
import { capture } from './process/child.mjs'
import { Failure } from './process/failure.mjs'
import { findProgram } from './process/program.mjs'
import { script } from './process/script.mjs'
import { appVersion, checkout } from './set-up/checkout.mjs'
import { setUp } from './set-up/steps.mjs'
import { OrdinaryUser } from './test-deb/ordinary-user.mjs'
import { steps } from './test-deb/steps.mjs'

const help = `npm run test:deb [-- --pictures DIR]

Makes the deb in two versions and uses them on this computer as a person does: installs the older one, opens it as an ordinary user with
the sandbox on, creates a vault and keys in its window, installs the newer one while the vault is open, removes it and purges it.
Needs root on Debian or Ubuntu without Latchkey installed. The user is created for the test and removed afterwards.
--pictures DIR saves screenshots.
The last line is "N passed, N failed".`

await script(help, async (args) => {
  const unable = await obstacle()
  if (unable !== null) throw new Failure(`The deb cannot be tested here: ${unable}`, 'Nothing was changed.', 2)
  const pictures = args[0] === '--pictures' && args[1] !== undefined ? resolve(args[1]) : null
  if (pictures !== null) mkdirSync(pictures, { recursive: true, mode: 0o777 })
  const app = await makeUnpacked(await setUp('session'))
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-deb-'))
  const made = { app, root: checkout, date: await lastChange(checkout), into: scratch }
  const version = packageVersion(appVersion(), false)
  // In Debian's order a tilde sorts before the end, so this is older than the version itself.
  const older = await makeDeb({ ...made, version: packageVersion(`${appVersion()}~older`, false) })
  const newer = await makeDeb({ ...made, version })
  const { name } = debIdentity(version)
  const user = await OrdinaryUser.make()
  try {
    return await runSteps(steps({ older, newer, name, user, pictures }))
  } finally {
    await user.remove()
    await capture('dpkg', ['-P', name])
    rmSync(scratch, { recursive: true })
  }
})

/** @param {import('./test-deb/steps.mjs').Step[]} all */
async function runSteps(all) {
  let passed = 0
  try {
    for (const [what, step] of all) {
      const start = Date.now()
      process.stdout.write(`${what} ... `)
      await step()
      console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`)
      passed += 1
    }
  } catch (thrown) {
    console.log('FAILED')
    console.error(thrown instanceof Error ? thrown.message : String(thrown))
  }
  const failed = passed === all.length ? 0 : 1
  console.log(`${passed} passed, ${failed} failed`)
  return failed
}

/** @returns {Promise<string | null>} why the test cannot run on this computer */
async function obstacle() {
  if (process.getuid?.() !== 0) return 'it needs root.'
  const missing = ['dpkg-deb', 'apt-get', 'useradd', 'runuser'].find((program) => findProgram(program) === null)
  if (missing !== undefined) return `${missing} is not installed.`
  for (const name of ['latchkey', 'latchkey-dev']) {
    const { stdout } = await capture('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}', name])
    if (stdout.startsWith('i')) return `${name} is installed, and the test would remove it.`
  }
  return null
}
