import { expect, it } from 'vitest'
import { fuzzPages } from '../fuzz/pages/pages.ts'

/** `npm run fuzz -- app` asks for more. A failure is brought back by its seed. */
it('no address of the pages’ scheme leads to a file that is none of theirs', async () => {
  const tally = await fuzzPages({ messages: 500, seed: 1 })
  expect(tally).toMatchObject({ crashes: 0, escapes: 0, values: 0, messages: 500, byPage: 500 })
  expect(tally.given).toBeGreaterThan(0)
}, 600_000)
