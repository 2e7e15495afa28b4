/**
 * Runs one world after the other, in a namespace with the right to mount. It gets one message with the runs of a world, and reports each
 * run and the world's end.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plant } from './arguments.ts'
import { kindOf, planRun, type RunPlan } from './plan.ts'
import { doRun } from './run.ts'
import { World } from './world/world.ts'

export interface Job {
  readonly seed: number
  readonly world: number
  readonly runs: readonly number[]
  readonly bundle: string
  readonly plant: Plant | null
  readonly mayMount: boolean
}

export type Report =
  | { readonly kind: 'run'; readonly run: number; readonly kills: number; readonly violations: readonly string[]; readonly plan: RunPlan }
  | { readonly kind: 'world'; readonly faults: Readonly<Record<string, number>> }

async function work({ seed, world: number, runs, bundle, plant, mayMount }: Job): Promise<void> {
  const kind = kindOf(seed, number)
  const ground = { ...kind, smallDisk: kind.smallDisk && mayMount, bundle, plant }
  const base = mkdtempSync(join(tmpdir(), 'latchkey-torture-'))
  const faults = new Map<string, number>()
  let world: World | null = null
  for (const [index, run] of runs.entries()) {
    world ??= await World.make({ ...ground, folder: join(base, `world-${index}`) })
    const plan = planRun(seed, run, ground)
    const { kills, violations } = await doRun(world, plan, seed)
    send({ kind: 'run', run, kills, violations, plan })
    // A failure must not affect the following runs.
    if (violations.length > 0 || index === runs.length - 1) {
      for (const [fault, count] of world.faults) faults.set(fault, (faults.get(fault) ?? 0) + count)
      await world.end()
      world = null
    }
  }
  rmSync(base, { recursive: true, force: true })
  send({ kind: 'world', faults: Object.fromEntries(faults) })
}

function send(report: Report): void {
  process.send?.(report)
}

process.on('message', (job: Job) => {
  work(job).catch((error: unknown) => {
    console.error(error)
    process.exit(70)
  })
})
process.on('disconnect', () => process.exit(0))
