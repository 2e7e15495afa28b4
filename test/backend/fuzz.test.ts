import { expect, it } from 'vitest'
import { fuzzBackend } from '../fuzz/backend/backend.ts'

/** `npm run fuzz -- backend` sends more. A failure is brought back by its seed. */
it('the backend takes 1000 requests of which most make no sense, and gives nobody what is not theirs', async () => {
  const tally = await fuzzBackend({ messages: 1_000, seed: 3 })
  expect(tally).toMatchObject({ crashes: 0, escapes: 0, values: 0 })
  expect(tally.messages).toBeGreaterThanOrEqual(1_000)
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)
