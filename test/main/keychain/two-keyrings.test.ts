import { describe, expect, it } from 'vitest'
import { runInOwnSession } from './fixtures/own-session-run.ts'

describe.runIf(process.platform === 'linux')('two keyrings, of which one is locked', () => {
  // That each item is told for itself is what the vault's list goes by.
  it('give what the open one has, and say locked for the other alone, with and without a prompt', async () => {
    const told = { open: 'ok', locked: 'locked', none: 'absent' }
    expect(await runInOwnSession('test/main/keychain/fixtures/two-keyrings.ts', [])).toEqual({ asked: told, unasked: told })
  })
})
