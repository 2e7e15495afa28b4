import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { electronPath } from '../../test/e2e/support/app/desktop.ts'
import { treeMemory, wakeUpsPerSecond } from './process-tree.ts'
import { median } from '../figures.ts'

const here = import.meta.dirname

interface Subject {
  readonly app: string
  readonly profile: string
  /** Selects the element that shows that the page can be used. */
  readonly waitFor: string
  readonly count: number
}

interface Start {
  /** From process start to the painted page, in milliseconds. */
  readonly ms: number
  /** One second later, in MB. */
  readonly memory: number
  /** A second, while nobody uses the app; of the last round only, because it takes long to settle. Null in the others. */
  readonly wakeUps: number | null
}

/** Half a minute after its start any Electron app collects garbage once, in each process: hundreds of wake-ups that do not come back. */
const settleMs = 45_000
/** Once a minute a window redraws how long ago something was, so that a shorter time would count all of that or nothing. */
const idleSeconds = 60

/** Starts two apps alternately, so that other load on the machine affects both. */
export async function compareStarts(latchkey: string, bare: string, rounds: number): Promise<{ ours: Start; bare: Start }> {
  const subjects: [Subject, Subject] = [
    { app: resolve(here, '..', '..'), profile: latchkey, waitFor: '[role=option]', count: 20 },
    { app: resolve(here, 'bare'), profile: bare, waitFor: 'main', count: 1 },
  ]
  const starts: [Start[], Start[]] = [[], []]
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const start = await startOnce(subject, round === rounds - 1)
      if (round >= 0) starts[index as 0 | 1].push(start) // the first round fills the disk cache
    }
  }
  const middle = (all: Start[]): Start => ({
    ms: median(all.map(({ ms }) => ms)),
    memory: median(all.map(({ memory }) => memory)),
    wakeUps: all.at(-1)?.wakeUps ?? null,
  })
  return { ours: middle(starts[0]), bare: middle(starts[1]) }
}

async function startOnce({ app, profile, waitFor, count }: Subject, untilIdle: boolean): Promise<Start> {
  // The kernel's start time of the process is not used: in a virtual machine it can be off by half a second.
  const bench = { BENCH_STARTED: String(Date.now()), BENCH_WAIT_FOR: waitFor, BENCH_COUNT: String(count) }
  const child = spawn(electronPath(), ['-r', resolve(here, 'ready.cjs'), app], {
    env: { ...process.env, LATCHKEY_PROFILE_DIR: profile, ...bench },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((done) => child.once('exit', done))
  const ms = await new Promise<number>((done, failed) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const ready = /ready (\d+)/.exec(said)?.[1]
      if (ready !== undefined) done(Number(ready))
    })
    child.once('exit', () => failed(new Error(`${app} ended before it was ready`)))
  })
  await wait(1000)
  const memory = treeMemory(child.pid ?? 0)
  if (untilIdle) await wait(settleMs)
  const wakeUps = untilIdle ? await wakeUpsPerSecond(child.pid ?? 0, idleSeconds) : null
  child.kill('SIGTERM')
  await ended
  return { ms, memory, wakeUps }
}
