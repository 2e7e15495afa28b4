import { describe, expect, it } from 'vitest'
import { signIn } from '../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../main/vault/keys/create-key.ts'
import { openLocal } from '../../../main/vault/accounts/local-account.ts'
import { disableKey } from '../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../main/vault/keys/list-keys.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { storeValues } from '../../../main/vault/stored-values/stored-values.ts'
import { newKey, remoteVault, server } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { handlersOf } from './main-window.ts'

/** A person with a key at `server`, and the window's handlers. */
async function withKey() {
  const found = await remoteVault()
  const { key, value } = await newKey(found.fixture, found.account)
  return { ...found, key, value, handlers: handlersOf(found.fixture) }
}

describe('signing in with a stored key', () => {
  it('opens the account that the key opens, without its value in the answer', async () => {
    const { fixture, account, key, value, handlers } = await withKey()
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    const opened = await handlers['accounts.signIn']({ server, credentials })
    expect(opened).toMatchObject({ method: 'api-key', userId: account.userId, server, managesKeys: false, signedIn: true })
    expect(opened.id).not.toBe(account.id)
    expect(fixture.opened.cache.current()).toBe(opened.id)
    expect(JSON.stringify(opened)).not.toContain(value)
  })

  it('is noted in the journal as what the person did', async () => {
    const { fixture, account, key, handlers } = await withKey()
    await handlers['accounts.signIn']({ server, credentials: { method: 'stored-key', accountId: account.id, keyId: key.id } })
    const note = { accountId: account.id, keyId: key.id, purpose: 'sign-in', requester: { kind: 'person' }, at: fixture.now }
    expect(fixture.opened.cache.releases(account.id)).toEqual([note])
    expect(fixture.approver.asked).toEqual([])
  })

  it('finds the same account when it is done again', async () => {
    const { account, key, handlers } = await withKey()
    const asked = { server, credentials: { method: 'stored-key', accountId: account.id, keyId: key.id } } as const
    const first = await handlers['accounts.signIn'](asked)
    expect((await handlers['accounts.signIn'](asked)).id).toBe(first.id)
  })

  it('gives nothing out for an address that no value may travel to', async () => {
    const { fixture, account, key, handlers } = await withKey()
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    const asked = fixture.remote.calls.length
    const insecure = { url: 'http://keys.example', appId: 'app-1' }
    expect(await codeRejected(Promise.resolve(handlers['accounts.signIn']({ server: insecure, credentials })))).toBe('server-url-insecure')
    expect(fixture.opened.cache.releases(account.id)).toEqual([])
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('says so when the value is not here, and asks no server', async () => {
    const { fixture, account, elsewhere, handlers } = await withKey()
    const { key } = await elsewhere.create('other')
    await refreshKeys(fixture.opened, account.id)
    const asked = fixture.remote.calls.length
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    expect(await codeRejected(Promise.resolve(handlers['accounts.signIn']({ server, credentials })))).toBe('value-elsewhere')
    fixture.keychain.failure = 'locked'
    const own = { ...credentials, keyId: (await withKey()).key.id }
    expect(await codeRejected(Promise.resolve(handlers['accounts.signIn']({ server, credentials: own })))).toBe('key-not-found')
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('says so when the keychain cannot be read', async () => {
    const { fixture, account, key, handlers } = await withKey()
    fixture.keychain.failure = 'locked'
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    expect(await codeRejected(Promise.resolve(handlers['accounts.signIn']({ server, credentials })))).toBe('keychain-locked')
  })

  it('is the server’s to refuse', async () => {
    const { fixture, account, key, elsewhere, handlers } = await withKey()
    await elsewhere.delete(key.id)
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    expect(await codeRejected(Promise.resolve(handlers['accounts.signIn']({ server, credentials })))).toBe('wrong-credentials')
    expect(fixture.opened.cache.current()).toBe(account.id)
  })
})

describe('the keys to sign in with', () => {
  it('are those of the server and app, then the values without a server; none of another server or of the vault on this computer', async () => {
    const { fixture, account, elsewhere, key, handlers } = await withKey()
    const local = await openLocal(fixture.opened)
    await createKey(fixture.opened, local.id, 'at-home')
    const other = await signIn(
      fixture.opened,
      { ...server, appId: 'app-2' },
      { method: 'custom-token', token: fixture.servers.service({ ...server, appId: 'app-2' }).issueToken('ada') },
    )
    await createKey(fixture.opened, other.id, 'of-another')
    await storeValues(fixture.opened, [{ name: 'imported', value: new Secret('from elsewhere') }])
    await elsewhere.create('other')
    await refreshKeys(fixture.opened, account.id)
    const { keys } = await handlers['keys.forServer']({ server })
    expect(keys.map(({ name, account: of, same, server: at }) => ({ name, of, same, at }))).toEqual([
      { name: 'ci', of: 'ada@example.test', same: true, at: server },
      { name: 'imported', of: 'Stored values', same: false, at: null },
    ])
    expect(keys[0]).toMatchObject({ id: key.id, accountId: account.id, enabled: true, lastFour: key.lastFour })
  })

  it('are told as disabled where they are', async () => {
    const { fixture, account, key, handlers } = await withKey()
    await disableKey(fixture.opened, account.id, key.id)
    expect((await handlers['keys.forServer']({ server })).keys.map(({ enabled }) => enabled)).toEqual([false])
  })

  it('are of no server while the address is still being typed', async () => {
    const { handlers } = await withKey()
    for (const half of [
      { url: '', appId: '' },
      { url: 'https:/', appId: 'app-1' },
      { url: server.url, appId: '' },
    ]) {
      expect((await handlers['keys.forServer']({ server: half })).keys.map(({ same }) => same)).toEqual([false])
    }
  })

  it('are not those of another app, even on the same server', async () => {
    const { handlers } = await withKey()
    expect((await handlers['keys.forServer']({ server: { ...server, appId: 'app-2' } })).keys).toEqual([])
  })

  it('are found by an address however it is written', async () => {
    const { handlers } = await withKey()
    expect(
      (await handlers['keys.forServer']({ server: { ...server, url: ' HTTPS://Keys.example:443/ ' } })).keys.map(({ same }) => same),
    ).toEqual([true])
  })

  it('carry no value', async () => {
    const { fixture, account, value, handlers } = await withKey()
    await signIn(fixture.opened, server, { method: 'api-key', value: new Secret(value) })
    expect(JSON.stringify(await handlers['keys.forServer']({ server }))).not.toContain(value)
    expect(fixture.opened.cache.releases(account.id)).toEqual([])
  })
})
