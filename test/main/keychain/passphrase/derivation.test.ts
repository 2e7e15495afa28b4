import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate, maxCost, type Cost, deriveKey, minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'

const salt = Buffer.alloc(16, 7)

describe('a key derived from a passphrase', () => {
  // The test vector of the reference implementation.
  it('matches Argon2id version 1.3', async () => {
    const key = await deriveKey(new Secret('password'), Buffer.from('somesalt'), { memory: 65_536, passes: 2, lanes: 1 })
    expect(key.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  })

  it('is the same for composed and decomposed characters', async () => {
    const typed = ['caf\u00e9 \ufb01ne', 'cafe\u0301 fine', 'cafe fine']
    const [one, other, different] = await Promise.all(typed.map((text) => deriveKey(new Secret(text), salt, minCost)))
    expect(other).toEqual(one)
    expect(different).not.toEqual(one)
  })

  it('is derived without blocking the event loop', async () => {
    let done = false
    let turns = 0
    const turn = (): void => {
      turns += 1
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    await deriveKey(new Secret('a passphrase'), salt, { ...minCost, passes: 8 })
    done = true
    expect(turns).toBeGreaterThan(100)
  })

  it.each([
    { ...minCost, memory: minCost.memory - 1 },
    { ...minCost, passes: minCost.passes - 1 },
    { ...minCost, lanes: 0 },
    { ...minCost, passes: 2.5 },
    { ...minCost, passes: Number.NaN },
    { ...minCost, memory: maxCost.memory + 1 },
    { ...minCost, passes: maxCost.passes + 1 },
    { ...minCost, lanes: maxCost.lanes + 1 },
  ])('is refused for a cost below the minimum or above the maximum: %j', async (cost) => {
    expect(await codeRejected(deriveKey(new Secret('a passphrase'), salt, cost))).toBe('profile-corrupt')
  })
})

describe('the cost of a derivation', () => {
  /** A computer that takes so many milliseconds for a pass over one MiB. */
  const computer = (each: number) => (cost: Cost) => Promise.resolve((cost.memory / 1024) * cost.passes * each)
  const least = { memory: 19 * 1024, passes: 2, lanes: 1 }

  it('is at least OWASP’s minimum', () => expect(minCost).toEqual(least))

  it('grows in memory first, then in passes, to about 0.7 s', async () => {
    expect(await calibrate(computer(100))).toEqual(least)
    expect(await calibrate(computer(5))).toEqual({ memory: 70 * 1024, passes: 2, lanes: 1 })
    expect(await calibrate(computer(0.5))).toEqual({ memory: 256 * 1024, passes: 5, lanes: 1 })
  })

  it('is measured with much memory, because a little is faster per KiB', async () => {
    const cached = (cost: Cost): Promise<number> => computer(cost.memory <= 32 * 1024 ? 1 : 10)(cost)
    expect(await calibrate(cached)).toEqual({ memory: 35 * 1024, passes: 2, lanes: 1 })
  })

  it('is not lowered by one slow measurement', async () => {
    let calls = 0
    const busy = async (cost: Cost): Promise<number> => (await computer(0.5)(cost)) * (calls++ % 2 === 0 ? 30 : 1)
    expect(await calibrate(busy)).toEqual(await calibrate(computer(0.5)))
  })

  it('is an integer between minimum and maximum whatever was measured', async () => {
    const measured = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true }))
    await fc.assert(
      fc.asyncProperty(fc.array(measured, { minLength: 4, maxLength: 4 }), async (all) => {
        const times = all[Symbol.iterator]()
        const cost = await calibrate(() => Promise.resolve(times.next().value ?? 0))
        for (const part of ['memory', 'passes', 'lanes'] as const) {
          expect(Number.isInteger(cost[part])).toBe(true)
          expect(cost[part]).toBeGreaterThanOrEqual(minCost[part])
          expect(cost[part]).toBeLessThanOrEqual(maxCost[part])
        }
        expect(cost.memory).toBeLessThanOrEqual(256 * 1024)
      }),
    )
  })
})
