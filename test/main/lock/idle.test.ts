import { beforeEach, describe, expect, it } from 'vitest'
import { IdleLock } from '../../../main/lock/idle.ts'

const minute = 60_000

describe('the idle lock', () => {
  let world: { open: boolean; minutes: number | null; system: number | null; clock: number; elapsed: number; locks: number }
  let idle: IdleLock

  beforeEach(() => {
    world = { open: true, minutes: 10, system: 0, clock: 1_700_000_000_000, elapsed: 0, locks: 0 }
    idle = new IdleLock({
      isOpen: () => world.open,
      minutes: () => world.minutes,
      systemIdle: () => Promise.resolve(world.system),
      lock: () => {
        world.locks += 1
        world.open = false
      },
      clock: () => world.clock,
      elapsed: () => world.elapsed,
    })
  })

  /** Time goes by, with a look every five seconds. */
  async function pass(time: number, each: () => void = () => {}): Promise<void> {
    for (let past = 0; past < time; past += 5_000) {
      world.clock += 5_000
      world.elapsed += 5_000
      each()
      await idle.tick()
    }
  }

  it('happens when the system has seen nobody for as long as was chosen', async () => {
    await pass(20 * minute)
    expect(world.locks).toBe(0)
    await pass(9.9 * minute, () => (world.system = (world.system ?? 0) + 5_000))
    expect(world.locks).toBe(0)
    await pass(0.2 * minute, () => (world.system = (world.system ?? 0) + 5_000))
    expect(world.locks).toBe(1)
  })

  it('does not happen while somebody works in another program, or in ours', async () => {
    await pass(60 * minute, () => (world.system = 4_000))
    world.system = null
    await pass(60 * minute, () => idle.active())
    expect(world.locks).toBe(0)
  })

  it('goes by our own windows where the system tells nothing', async () => {
    world.system = null
    await pass(9.9 * minute)
    expect(world.locks).toBe(0)
    await pass(0.2 * minute)
    expect(world.locks).toBe(1)
  })

  it('never happens if that was chosen, and at once when another choice is over already', async () => {
    world.system = null
    world.minutes = null
    await pass(60 * minute)
    expect(world.locks).toBe(0)
    world.minutes = 30
    await idle.tick()
    expect(world.locks).toBe(1)
  })

  it('happens on waking up, by the computer’s clock, though a key was pressed to wake it', async () => {
    await pass(minute)
    world.clock += 8 * 60 * minute
    world.system = 0
    await idle.tick()
    expect(world.locks).toBe(1)
  })

  it('is not put off by a clock that is set back', async () => {
    world.system = null
    world.clock -= 24 * 60 * minute
    await pass(10.1 * minute)
    expect(world.locks).toBe(1)
  })

  it('counts from the unlocking, not from before', async () => {
    world.open = false
    world.system = null
    await pass(60 * minute)
    world.open = true
    await pass(9 * minute)
    expect(world.locks).toBe(0)
    await pass(1.1 * minute)
    expect(world.locks).toBe(1)
  })
})
