/** `torture.ts [OPTION]...`: the program behind `npm run torture`, inside a session. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture } from '../../scripts/process/child.mjs'
import { failureText, Failure } from '../../scripts/process/failure.mjs'
import { parseTorture, type Order } from './arguments.ts'
import { bundleChild } from './bundle.ts'
import type { Job, Report } from './lane.ts'
import { runsAWorld } from './plan.ts'

/** Root of a new namespace may mount there, and nobody outside sees it. */
const ownNamespace = ['unshare', '--user', '--map-root-user', '--mount', '--'] as const

interface Tally {
  runs: number
  kills: number
  violations: number
  readonly byKind: Record<string, number>
}

async function torture(order: Order): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-torture-'))
  const tally: Tally = { runs: 0, kills: 0, violations: 0, byKind: {} }
  try {
    const bundle = await bundleChild(folder)
    const mayMount = (await capture(ownNamespace[0], [...ownNamespace.slice(1), 'true'])).status === 0
    if (!mayMount) console.error('Nothing can be mounted here: no disk will be full or read-only.')
    const jobs = jobsFor(order).map((job) => ({ ...job, bundle, mayMount }))
    const lane = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined && !isCaught(order, tally); job = jobs.shift()) await work(job, order, tally)
    }
    // Each lane runs to its end: the folder is removed after the last one.
    const lanes = await Promise.allSettled(Array.from({ length: order.lanes }, lane))
    for (const { reason } of lanes.filter((ended) => ended.status === 'rejected')) throw reason
    return tally
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A run depends on the runs before it in its world: to repeat it, these have to run first. */
function jobsFor({ seed, runs, only, plant }: Order): Pick<Job, 'seed' | 'world' | 'runs' | 'plant'>[] {
  const [first, end] = only === null ? [0, runs] : [only - (only % runsAWorld), only + 1]
  const jobs = []
  for (let start = first; start < end; start += runsAWorld) {
    const length = Math.min(runsAWorld, end - start)
    jobs.push({ seed, world: start / runsAWorld, plant, runs: Array.from({ length }, (_, index) => start + index) })
  }
  return jobs
}

/** Runs until the planted bug is found. */
function isCaught({ plant }: Order, { violations }: Tally): boolean {
  return plant !== null && violations > 0
}

/** Does one world's runs in a separate process. */
async function work(job: Job, order: Order, tally: Tally): Promise<void> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const program = [process.execPath, '--import', loader, join(import.meta.dirname, 'lane.ts')]
  const [command, ...args] = job.mayMount ? [...ownNamespace, ...program] : program
  const lane = spawn(command ?? '', args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(lane, 'exit')
  let done = false
  lane.on('message', (report: Report) => {
    if (report.kind === 'world') {
      for (const [fault, count] of Object.entries(report.faults)) tally.byKind[fault] = (tally.byKind[fault] ?? 0) + count
      done = true
      lane.disconnect()
      return
    }
    tally.runs += 1
    tally.kills += report.kills
    tally.violations += report.violations.length
    tell(report, order, tally)
    if (!isCaught(order, tally)) return
    done = true
    lane.disconnect()
  })
  lane.send(job)
  const [status, signal] = await ended
  if (!done) throw new Failure(`The world of the runs from ${job.runs[0]} on ended too early (${status ?? signal}).`)
}

function tell({ run, violations, plan }: Extract<Report, { kind: 'run' }>, { seed, runs, only, plant }: Order, tally: Tally): void {
  if (violations.length > 0) {
    console.log(`\nRun ${run} of seed ${seed}:`)
    for (const violation of violations) console.log(`  ${violation}`)
    console.log(`To have it again: npm run torture -- --seed ${seed} --only ${run}${plant === null ? '' : ` --plant ${plant}`}`)
    console.log(`Its script: ${JSON.stringify(plan)}`)
  }
  if (tally.runs % 10 === 0 || only !== null) {
    console.error(`${tally.runs} of ${runs} runs, ${tally.kills} kills, ${tally.violations} violations`)
  }
}

try {
  const begun = performance.now()
  const order = parseTorture(process.argv.slice(2))
  const { byKind, ...counts } = await torture(order)
  const faults = Object.values(byKind).reduce((sum, count) => sum + count, 0)
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log(JSON.stringify({ ...counts, faults, byKind, seed: order.seed, seconds }))
  process.exitCode = counts.violations > 0 ? 1 : 0
} catch (thrown) {
  console.error(failureText(thrown))
  process.exitCode = thrown instanceof Failure ? thrown.status : 70
}
