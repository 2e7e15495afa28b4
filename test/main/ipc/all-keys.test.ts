import { describe, expect, it } from 'vitest'
import { openLocal } from '../../../main/vault/accounts/local-account.ts'
import { keyLists } from '../../../main/ipc/app-state.ts'
import type { AppServices } from '../../../main/ipc/app-services.ts'
import { disableKey } from '../../../main/vault/keys/key-operations.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { storeValues } from '../../../main/vault/stored-values/stored-values.ts'
import { newKey, remoteVaultWithKey } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { Around, handlersOf } from './main-window.ts'

/** A person with a key on a server, one in the local account, which is the current one, and a stored one. */
async function withThreeAccounts() {
  const { fixture, account: remote, key, value } = await remoteVaultWithKey('ci')
  const stored = await storeValues(fixture.opened, [{ name: 'github', value: new Secret('stored-value') }])
  const local = await openLocal(fixture.opened)
  const { value: localValue } = await newKey(fixture, local, 'deploy')
  const around = new Around()
  return { fixture, remote, stored, local, key, values: [value, localValue, 'stored-value'], around, handlers: handlersOf(fixture, around) }
}

describe('the list of all keys', () => {
  it('has the keys of every account with their accounts, and no value', async () => {
    const { remote, stored, local, values, handlers } = await withThreeAccounts()
    const { lists } = await handlers['keys.listAll'](null)
    expect(lists.map(({ accountId, keys }) => [accountId, keys.map(({ name }) => name)])).toEqual(
      expect.arrayContaining([
        [remote.id, ['ci']],
        [stored.id, ['github']],
        [local.id, ['deploy']],
      ]),
    )
    for (const value of values) expect(JSON.stringify(lists)).not.toContain(value)
  })

  it('is empty in a vault without accounts', async () => {
    const { remote, stored, local, handlers } = await withThreeAccounts()
    for (const { id } of [remote, stored, local]) await handlers['accounts.signOut']({ id, forgetValues: true })
    expect((await handlers['keys.listAll'](null)).lists).toEqual([])
  })

  it('leaves the account unchanged that is the current one', async () => {
    const { fixture, local, handlers } = await withThreeAccounts()
    await handlers['keys.listAll'](null)
    expect(fixture.opened.cache.current()).toBe(local.id)
  })
})

describe('the list of one account', () => {
  it('is that of the account that the call names, or of the current one', async () => {
    const { remote, local, handlers } = await withThreeAccounts()
    expect(await handlers['keys.list']({ accountId: remote.id })).toMatchObject({ accountId: remote.id, keys: [{ name: 'ci' }] })
    expect(await handlers['keys.list'](null)).toMatchObject({ accountId: local.id, keys: [{ name: 'deploy' }] })
  })

  it('is synced with the server of the account that the call names', async () => {
    const { fixture, remote, handlers } = await withThreeAccounts()
    const asked = fixture.remote.calls.length
    expect(await handlers['keys.sync']({ accountId: remote.id })).toMatchObject({ accountId: remote.id, connection: 'online' })
    expect(fixture.remote.calls.length).toBeGreaterThan(asked)
  })

  it('is refused for an account that was forgotten', async () => {
    const { remote, handlers } = await withThreeAccounts()
    await handlers['accounts.signOut']({ id: remote.id, forgetValues: true })
    for (const call of ['keys.list', 'keys.sync'] as const) {
      expect(await codeRejected(Promise.resolve().then(() => handlers[call]({ accountId: remote.id })))).toBe('account-not-found')
    }
  })
})

describe('an announcement', () => {
  it('names the account whose keys changed', async () => {
    const { fixture, remote, key } = await withThreeAccounts()
    fixture.announcedAccounts.length = 0
    await disableKey(fixture.opened, remote.id, key.id)
    expect(new Set(fixture.announcedAccounts)).toEqual(new Set([remote.id]))
  })

  it('leaves out an account that was forgotten before it could be made', async () => {
    const { fixture, remote, local, handlers } = await withThreeAccounts()
    await handlers['accounts.signOut']({ id: remote.id, forgetValues: true })
    const lists = keyLists({ vault: fixture.vault } as AppServices, new Set([remote.id, local.id]))
    expect(lists.map(({ accountId }) => accountId)).toEqual([local.id])
  })
})

describe('what the window lists', () => {
  it('is kept as it was chosen, and told with the state of the app', async () => {
    const { around, handlers } = await withThreeAccounts()
    const chosen = { scope: 'all', grouping: 'service' } as const
    expect(await handlers['app.setKeyView'](chosen)).toMatchObject({ keyView: chosen })
    expect(around.keyView).toEqual(chosen)
  })
})
