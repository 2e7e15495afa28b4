import { describe, expect, it } from 'vitest'
import { runInOwnSession } from './fixtures/own-session-run.ts'

const after = (event: string): Promise<unknown> => runInOwnSession('test/main/keychain/diagnostics/examined-items.ts', [event])

/** The cases with fakes are in test/main/vault/keychain/examine-keychain.test.ts. */
describe.runIf(process.platform === 'linux')('the diagnosis of items in a real keyring', () => {
  it('reports `fine` if the items are unchanged', async () => {
    expect(await after('nothing')).toEqual({ findings: ['fine'], keys: [] })
  })

  it('reports a value that another program removed', async () => {
    expect(await after('an item is removed')).toEqual({ findings: ['item-missing'], keys: [{ name: 'web', finding: 'item-missing' }] })
  })

  it('reports a value that another program replaced', async () => {
    expect(await after('an item is replaced')).toEqual({ findings: ['item-different'], keys: [{ name: 'web', finding: 'item-different' }] })
  })

  it('reports a root key of another vault', async () => {
    expect(await after('the root key is replaced')).toEqual({ findings: ['changed'], keys: [] })
  })

  it('reports a keyring that was recreated, and the values that were lost with the old one', async () => {
    const keys = ['ci', 'web'].map((name) => ({ name, finding: 'item-missing' }))
    expect(await after('the keyring’s files are removed')).toEqual({ findings: ['reset', 'item-missing'], keys })
  })
})
