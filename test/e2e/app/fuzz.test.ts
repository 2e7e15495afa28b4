import { expect, it } from 'vitest'
import { fuzzPages } from '../../fuzz/pages/pages.ts'
import { fuzzWindows } from '../../fuzz/windows/windows.ts'

/** `npm run fuzz -- ipc app` sends more. A failure is reproduced by its seed. */
it('every channel of the app survives mostly invalid messages, and gives no window data of another', async () => {
  const tally = await fuzzWindows({ messages: 60, seed: 1 })
  expect(tally).toMatchObject({ crashes: 0, escapes: 0, values: 0 })
  expect(tally.messages).toBeGreaterThanOrEqual(60 * tally.channels)
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)

it('no address of the pages’ scheme leads to a foreign file', async () => {
  const tally = await fuzzPages({ messages: 500, seed: 1 })
  expect(tally).toMatchObject({ crashes: 0, escapes: 0, values: 0, messages: 500, byPage: 500 })
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)
