import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localVault, newKey, openVaultFixture, recordOf, remoteVault, remoteVaultWithKey, server, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('syncing the list', () => {
  it('shows a key made elsewhere, whose value is not here', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key } = await elsewhere.create('ci')
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([
      {
        ...key,
        createdAt: Number.parseInt(key.id.slice(0, 8), 16) * 1000,
        lastFour: null,
        value: 'elsewhere',
        verified: null,
        service: null,
        details: noDetails,
      },
    ])
    expect(fixture.announced.at(-1)).toBe('keys')
  })

  it('takes names and states from the server, and keeps what is known of the value', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey('ci')
    await elsewhere.disable(key.id)
    const session = fixture.remote.signIn({ method: 'custom-token', token: fixture.remote.issueToken(account.userId) })
    fixture.remote.changeKey(session, key.id, { name: 'renamed' })
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([{ ...key, name: 'renamed', enabled: false }])
  })

  it('hides a key that the server no longer has, and keeps its value', async () => {
    const { fixture, account, elsewhere, key, value } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([])
    expect(recordOf(fixture, account, key.id)).toMatchObject({ value: 'here', goneAt: fixture.now })
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('records when a key was first gone', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    const since = fixture.now
    await refreshKeys(fixture.opened, account.id)
    fixture.now += 60_000
    await refreshKeys(fixture.opened, account.id)
    expect(recordOf(fixture, account, key.id)?.goneAt).toBe(since)
  })

  it('shows a key that comes back again, with its value', async () => {
    const { fixture, account, key, value } = await remoteVaultWithKey()
    const asked = fixture.servers.of(account)
    const everything = asked.fetchAll.bind(asked)
    asked.fetchAll = async () => []
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([])
    asked.fetchAll = everything
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([key])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('finds the value of a key that the cache does not know in the keychain', async () => {
    const { fixture, account, key, value } = await remoteVaultWithKey()
    fixture.opened.cache.commit([{ op: 'drop-key', accountId: account.id, id: key.id }])
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([key])
    expect(key.lastFour).toBe(value.slice(-4))
  })

  // A pending disable of a leaked key used not to be sent because somebody had created another key meanwhile.
  it('applies pending changes even if the keychain cannot tell about a new key', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    fixture.remote.before = unreachable()
    await disableKey(fixture.opened, account.id, key.id)
    fixture.remote.before = () => undefined
    await elsewhere.create('theirs')
    fixture.keychain.failure = 'locked'
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({
      ...{ keys: [{ name: 'ci', enabled: false }], waiting: [], trouble: { code: 'keychain-locked' } },
    })
    fixture.keychain.failure = null
    expect((await refreshKeys(fixture.opened, account.id)).keys.map(({ name }) => name)).toEqual(['ci', 'theirs'])
  })

  // The list used to stay unchanged without a reason.
  it('changes nothing and reports why if the keychain cannot tell whether it has the value of a new key', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await elsewhere.create('ci')
    fixture.keychain.failure = 'locked'
    const trouble = { code: 'keychain-locked', at: fixture.now, since: fixture.now }
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [], trouble, syncedAt: null })
    fixture.keychain.failure = null
    const keys = [{ name: 'ci', value: 'elsewhere' }]
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys, trouble: null })
  })

  it('records its time, and why the next list could not be fetched', async () => {
    const { fixture, account } = await remoteVault()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ syncedAt: null, trouble: null })
    const first = fixture.now
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ syncedAt: first, trouble: null })
    fixture.remote.before = unreachable()
    fixture.now += 60_000
    const trouble = { code: 'server-unreachable', at: fixture.now }
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ syncedAt: first, trouble })
    fixture.remote.before = () => undefined
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ syncedAt: fixture.now, trouble: null })
  })

  it('lists what was last known while the server is unreachable', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    fixture.remote.before = unreachable()
    expect((await refreshKeys(fixture.opened, account.id)).keys).toEqual([key])
  })

  it('sends nothing for an account that may not manage keys or is signed out', async () => {
    const fixture = await openVaultFixture()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    const asked = fixture.remote.calls.length
    expect((await refreshKeys(fixture.opened, anonymous.id)).keys).toEqual([])
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('is refused for an account that does not exist', async () => {
    const fixture = await openVaultFixture()
    expect(await codeRejected(refreshKeys(fixture.opened, 'nobody'))).toBe('account-not-found')
  })
})

describe('an ended session', () => {
  it('marks an account with a server as signed out, for its person to sign in again', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    fixture.remote.endSessions()
    const listing = await refreshKeys(fixture.opened, account.id)
    expect(listing).toMatchObject({ keys: [key], trouble: { code: 'session-ended' } })
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: false }])
    expect(fixture.announced).toContain('accounts')
    const asked = fixture.remote.calls.length
    await refreshKeys(fixture.opened, account.id)
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('is renewed for the vault on this computer, unnoticed', async () => {
    const { fixture, account } = await localVault()
    fixture.service.endSessions()
    expect((await newKey(fixture, account)).key.value).toBe('here')
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci' }], trouble: null })
    expect(fixture.opened.cache.accounts()).toMatchObject([{ signedIn: true }])
  })

  it('stays ended for the vault on this computer while the keychain does not return the password', async () => {
    const { fixture, account } = await localVault()
    fixture.service.endSessions()
    fixture.keychain.failure = 'locked'
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ trouble: { code: 'keychain-locked' } })
    fixture.keychain.failure = null
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ trouble: null })
    expect(stateOf(fixture, account, 'ci')).toBeUndefined()
  })
})
