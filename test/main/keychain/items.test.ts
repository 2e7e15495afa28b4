import { describe, expect, it } from 'vitest'
import { runInOwnSession } from './fixtures/own-session-run.ts'

const after = (event: string): Promise<unknown> => runInOwnSession('test/main/keychain/diagnostics/examined-items.ts', [event])

/** The twins' part of this is test/main/vault/keychain/examine-keychain.test.ts. */
describe.runIf(process.platform === 'linux')('the doctor, of the items in a real keyring', () => {
  it('finds nothing where nothing happened to them', async () => {
    expect(await after('nothing')).toEqual({ findings: ['fine'], keys: [] })
  })

  it('finds the value that another program removed', async () => {
    expect(await after('an item is removed')).toEqual({ findings: ['item-missing'], keys: [{ name: 'web', finding: 'item-missing' }] })
  })

  it('finds the value that another program replaced', async () => {
    expect(await after('an item is replaced')).toEqual({ findings: ['item-different'], keys: [{ name: 'web', finding: 'item-different' }] })
  })

  it('finds that the root key is another vault’s', async () => {
    expect(await after('the root key is replaced')).toEqual({ findings: ['changed'], keys: [] })
  })

  it('finds that the keyring was made anew, and what went with the old one', async () => {
    const keys = ['ci', 'web'].map((name) => ({ name, finding: 'item-missing' }))
    expect(await after('the keyring’s files are removed')).toEqual({ findings: ['reset', 'item-missing'], keys })
  })
})
