import { describe, expect, it } from 'vitest'
import { Chosen, defaults } from '../../main/preferences.ts'

describe('preferences in use', () => {
  it('are kept before anything that depends on them is told', () => {
    const kept = { preferences: defaults }
    const chosen = new Chosen(kept)
    const told: unknown[] = []
    chosen.onChange((now, before) => told.push([now.trashDays, before.trashDays, kept.preferences.trashDays]))
    chosen.set({ ...defaults, trashDays: 7 })
    expect([told, chosen.get().trashDays]).toEqual([[[7, 30, 7]], 7])
  })

  it('stay as they were, and nothing is told, when they cannot be kept', () => {
    const full = { get preferences() { return defaults }, set preferences(_) { throw new Error('full') } }
    const chosen = new Chosen(full)
    chosen.onChange(() => expect.unreachable())
    expect(() => chosen.set({ ...defaults, trashDays: 7 })).toThrow('full')
    expect(chosen.get()).toEqual(defaults)
  })
})
