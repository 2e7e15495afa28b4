import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FirstShown } from '../../../../main/app/desktop/first-shown.ts'
import { VaultLifecycle, type VaultLifecycleParts } from '../../../../main/app/lifecycle/vault-lifecycle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A vault that opens after 20 ms, and what happened when, in milliseconds since the opening was asked for. */
function lifecycle(firstShown: FirstShown) {
  const happened: string[] = []
  const begun = Date.now()
  const note = (what: string): void => void happened.push(`${what} at ${Date.now() - begun}`)
  const vault = {
    closed: null,
    opened: {},
    open: () =>
      new Promise<void>((opened) =>
        setTimeout(() => {
          note('open')
          opened()
        }, 20),
      ),
    resume: async () => note('resumed'),
  }
  const keychains = {
    runOpening: (_: unknown, open: () => Promise<void>) => open(),
    removeLeftBehind: async () => note('left behind removed'),
  }
  const lock = { trackOpening: <T>(opening: Promise<T>) => opening }
  const parts = { vault, keychains, lock, firstShown, report: note } as unknown as VaultLifecycleParts
  return { lifecycle: new VaultLifecycle(parts), happened }
}

describe('what an earlier process left undone', () => {
  it('is resumed half a second after an unlock, so that the key list comes first', async () => {
    const firstShown = new FirstShown()
    firstShown.signal()
    await vi.advanceTimersByTimeAsync(10_000)
    const { lifecycle: opening, happened } = lifecycle(firstShown)
    void opening.open()
    await vi.advanceTimersByTimeAsync(519)
    expect(happened).toEqual(['open at 20'])
    await vi.advanceTimersByTimeAsync(1)
    expect(happened).toEqual(['open at 20', 'resumed at 520', 'left behind removed at 520'])
  })

  it('is not resumed before the first window was shown for half a second', async () => {
    const firstShown = new FirstShown()
    const { lifecycle: opening, happened } = lifecycle(firstShown)
    void opening.open()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(happened).toEqual(['open at 20'])
    firstShown.signal()
    await vi.advanceTimersByTimeAsync(500)
    expect(happened.slice(1)).toEqual(['resumed at 5500', 'left behind removed at 5500'])
  })
})
