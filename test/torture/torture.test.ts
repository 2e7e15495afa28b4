import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { parseTorture } from './arguments.ts'
import { planRun } from './plan.ts'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine takes some seconds per run

interface Ended {
  readonly status: number | null
  readonly said: string
  /** The last line of its output. */
  readonly result: { runs: number; kills: number; faults: number; violations: number; seed: number; seconds: number }
}

async function torture(...args: string[]): Promise<Ended> {
  const loader = createRequire(import.meta.url).resolve('tsx')
  const program = spawn(process.execPath, ['--import', loader, join(import.meta.dirname, 'torture.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(program, 'close')) as [number | null]
  return { status, said, result: JSON.parse(said.trim().split('\n').at(-1) ?? '') as Ended['result'] }
}

describe('the vault, killed repeatedly', () => {
  it('loses no key, no value and no pending change', async () => {
    const { status, said, result } = await torture('--runs', '14', '--seed', '20260', '--lanes', '2')
    expect(result, said).toMatchObject({ runs: 14, violations: 0, seed: 20260 })
    expect(result.kills).toBeGreaterThanOrEqual(14)
    expect(result.faults).toBeGreaterThan(0)
    expect(status).toBe(0)
  })

  it('fails the crash test if the write that seals a new value is left out', async () => {
    const { status, said, result } = await torture('--runs', '40', '--seed', '8', '--plant', 'skip-seal')
    expect(result.violations).toBeGreaterThan(0)
    expect(said).toMatch(/k\d+-\d+ \([0-9a-f]{24}\) was kept, and is now said to be elsewhere/)
    expect(said).toContain('npm run torture -- --seed 8 --only ')
    expect(status).toBe(1)
  })
})

describe('a seed', () => {
  const kind = { smallDisk: true, local: false }
  it('gives the same run each time, and another number gives another run', () => {
    expect(planRun(1, 7, kind)).toEqual(planRun(1, 7, kind))
    expect(planRun(1, 7, kind)).not.toEqual(planRun(2, 7, kind))
    expect(planRun(1, 7, kind)).not.toEqual(planRun(1, 8, kind))
  })
})

describe('the options of the crash test', () => {
  it('are few, and have defaults', () => {
    expect(parseTorture(['--seed', '3'])).toEqual({ runs: 200, seed: 3, only: null, lanes: 2, plant: null })
    expect(parseTorture(['--runs=9', '--only=4', '--seed=0', '--lanes=1', '--plant=skip-seal'])).toEqual({
      ...{ runs: 9, seed: 0, only: 4, lanes: 1, plant: 'skip-seal' },
    })
  })

  it.each([[['--runs']], [['--runs', '0']], [['--runs', '1e3']], [['--seed', '-1']], [['--plant', 'x']], [['9']], [['--fast']]])(
    'are refused with status 2: %j',
    (args) => {
      expect(() => parseTorture(args)).toThrowError(expect.objectContaining({ name: 'Failure', status: 2 }))
    },
  )
})
