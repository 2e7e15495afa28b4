import { expect, it } from 'vitest'
import { fuzz } from '../../fuzz/fuzz.ts'

const frames = Number(process.env['LATCHKEY_FUZZ_FRAMES'] ?? 2_000)

/** `npm run fuzz` sends more. A failure is brought back by its seed. */
it(`the agent takes ${frames} messages of which most make no sense, and gives nobody what is not theirs`, async () => {
  const tally = await fuzz({ frames, seed: 1, lanes: 16, host: null })
  expect(tally).toMatchObject({ crashes: 0, values: 0 })
  expect(tally.frames).toBeGreaterThanOrEqual(frames)
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)
