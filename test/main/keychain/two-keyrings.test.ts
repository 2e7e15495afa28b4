import { describe, expect, it } from 'vitest'
import { runInOwnSession } from './fixtures/own-session-run.ts'

describe.runIf(process.platform === 'linux')('two keyrings, of which one is locked', () => {
  // The key list relies on each item being reported separately.
  it('return the item of the open one, and `locked` for the other, with and without a prompt', async () => {
    const told = { open: 'ok', locked: 'locked', none: 'absent' }
    expect(await runInOwnSession('test/main/keychain/fixtures/two-keyrings.ts', [])).toEqual({ asked: told, unasked: told })
  })
})
