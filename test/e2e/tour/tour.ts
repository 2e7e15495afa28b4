import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startScreen, tool } from '../../main/outlets/typist/x11/screen.ts'
import { keychainWays } from './keychain.ts'
import { mainJob } from './main-job.ts'
import { TeamTour } from './offline.ts'
import { Stage } from './stage.ts'
import { WaysOutTour } from './ways-out.ts'

/**
 * What a user does with Latchkey, in a real window with a real keyring: a picture of each step, and `tour.json` with `steps: [{name, ok,
 * ms}]`. A step that fails says why and ends the tour, because the next ones depend on it.
 */
const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = values.out
if (out === undefined) throw new Error('Say where the pictures go: --out DIR')
mkdirSync(out, { recursive: true })

const screen = await startScreen()
const stage = new Stage()
await stage.open()
const team = new TeamTour(stage)
const waysOut = new WaysOutTour(stage, team)
const journey = [...mainJob(stage), ...team.steps(), ...waysOut.steps(), ...keychainWays(stage)]
const steps: { name: string; ok: boolean; ms: number }[] = []

for (const [index, [name, step, where]] of journey.entries()) {
  const begun = performance.now()
  let failure: unknown = null
  try {
    await step()
  } catch (error) {
    failure = error
  }
  const ms = Math.round(performance.now() - begun)
  steps.push({ name, ok: failure === null, ms })
  const picture = `${String(index + 1).padStart(2, '0')}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`
  await stage.page.waitForTimeout(200) // so that the picture shows the settled screen
  if (where === 'screen') tool('scrot', '--overwrite', join(out, picture))
  else await stage.page.screenshot({ path: join(out, picture) })
  process.stdout.write(`${failure === null ? 'ok' : 'FAILED'}  ${name} (${ms} ms)\n`)
  if (failure !== null) {
    process.stdout.write(`        ${failure instanceof Error ? failure.message : String(failure)}\n`)
    break
  }
}
writeFileSync(join(out, 'tour.json'), `${JSON.stringify({ steps }, null, 2)}\n`)
await waysOut.end()
await stage.close()
await team.end()
screen.end()
process.exit(steps.length === journey.length && steps.every(({ ok }) => ok) ? 0 : 1)
