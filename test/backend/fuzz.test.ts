import { expect, it } from 'vitest'
import { fuzzBackend } from '../fuzz/backend/backend.ts'

/** `npm run fuzz -- backend` sends more. A failure is reproduced by its seed. */
it('the backend survives 1000 mostly invalid requests, and no client gets data of another user', async () => {
  const tally = await fuzzBackend({ messages: 1_000, seed: 3 })
  expect(tally).toMatchObject({ crashes: 0, escapes: 0, values: 0 })
  expect(tally.messages).toBeGreaterThanOrEqual(1_000)
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)
