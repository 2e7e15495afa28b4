import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localHouse, newKey, openHouse, recordOf, remoteHouse, server, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('bringing the list up to date', () => {
  it('shows a key made elsewhere, whose value is not here', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await elsewhere.create('ci')
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([
      { ...key, createdAt: Number.parseInt(key.id.slice(0, 8), 16) * 1000, lastFour: null, value: 'elsewhere', verified: null },
    ])
    expect(house.announced.at(-1)).toBe('keys')
  })

  it('takes names and states from the server, and keeps what is known of the value', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account, 'ci')
    await elsewhere.disable(key.id)
    const session = house.remote.signIn({ method: 'custom-token', token: house.remote.issueToken(account.userId) })
    house.remote.changeKey(session, key.id, { name: 'renamed' })
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([{ ...key, name: 'renamed', enabled: false }])
  })

  it('hides a key that the server no longer has, and keeps its value', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key, value } = await newKey(house, account)
    await elsewhere.delete(key.id)
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([])
    expect(recordOf(house, account, key.id)).toMatchObject({ value: 'here', goneAt: house.now })
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('remembers since when a key is gone', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.delete(key.id)
    const since = house.now
    await refreshKeys(house.opened, account.id)
    house.now += 60_000
    await refreshKeys(house.opened, account.id)
    expect(recordOf(house, account, key.id)?.goneAt).toBe(since)
  })

  it('shows a key again that comes back (a server restored from a backup), with its value', async () => {
    const { house, account } = await remoteHouse()
    const { key, value } = await newKey(house, account)
    const asked = house.servers.of(account)
    const everything = asked.fetchAll.bind(asked)
    asked.fetchAll = async () => []
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([])
    asked.fetchAll = everything
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([key])
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('finds in the keychain the value of a key that the cache does not know', async () => {
    const { house, account } = await remoteHouse()
    const { key, value } = await newKey(house, account)
    house.opened.cache.commit([{ op: 'drop-key', accountId: account.id, id: key.id }])
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([key])
    expect(key.lastFour).toBe(value.slice(-4))
  })

  // A waiting disable of a leaked key was once not made, because somebody had made another key meanwhile.
  it('makes the changes that wait even when a new key cannot be told of', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    house.remote.before = unreachable()
    await disableKey(house.opened, account.id, key.id)
    house.remote.before = () => undefined
    await elsewhere.create('theirs')
    house.keychain.failure = 'locked'
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({
      ...{ keys: [{ name: 'ci', enabled: false }], waiting: [], trouble: { code: 'keychain-locked' } },
    })
    house.keychain.failure = null
    expect((await refreshKeys(house.opened, account.id)).keys.map(({ name }) => name)).toEqual(['ci', 'theirs'])
  })

  // The list once stayed as it was and told no reason.
  it('changes nothing and says why when the keychain cannot tell whether it has the value of a new key', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    await elsewhere.create('ci')
    house.keychain.failure = 'locked'
    const trouble = { code: 'keychain-locked', at: house.now, since: house.now }
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [], trouble, syncedAt: null })
    house.keychain.failure = null
    const keys = [{ name: 'ci', value: 'elsewhere' }]
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys, trouble: null })
  })

  it('says when it last was, and in the next list that could not be had, why', async () => {
    const { house, account } = await remoteHouse()
    expect(listKeys(house.opened, account.id)).toMatchObject({ syncedAt: null, trouble: null })
    const first = house.now
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ syncedAt: first, trouble: null })
    house.remote.before = unreachable()
    house.now += 60_000
    const trouble = { code: 'server-unreachable', at: house.now }
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ syncedAt: first, trouble })
    house.remote.before = () => undefined
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ syncedAt: house.now, trouble: null })
  })

  it('lists what was last known while the server cannot be reached', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    house.remote.before = unreachable()
    expect((await refreshKeys(house.opened, account.id)).keys).toEqual([key])
  })

  it('asks nothing for an account that may not manage keys or is signed out', async () => {
    const house = await openHouse()
    const anonymous = await signIn(house.opened, server, { method: 'anonymous' })
    const asked = house.remote.calls.length
    expect((await refreshKeys(house.opened, anonymous.id)).keys).toEqual([])
    expect(house.remote.calls.length).toBe(asked)
  })

  it('is refused for an account that is not there', async () => {
    const house = await openHouse()
    expect(await codeRejected(refreshKeys(house.opened, 'nobody'))).toBe('account-not-found')
  })
})

describe('a dead session', () => {
  it('marks an account of a server as signed out, for its person to sign in again', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    house.remote.endSessions()
    const listing = await refreshKeys(house.opened, account.id)
    expect(listing).toMatchObject({ keys: [key], trouble: { code: 'session-ended' } })
    expect(house.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: false }])
    expect(house.announced).toContain('accounts')
    const asked = house.remote.calls.length
    await refreshKeys(house.opened, account.id)
    expect(house.remote.calls.length).toBe(asked)
  })

  it('is renewed for the vault on this computer, which nobody notices', async () => {
    const { house, account } = await localHouse()
    house.service.endSessions()
    expect((await newKey(house, account)).key.value).toBe('here')
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci' }], trouble: null })
    expect(house.opened.cache.accounts()).toMatchObject([{ signedIn: true }])
  })

  it('stays dead for the vault on this computer while the keychain does not give the password', async () => {
    const { house, account } = await localHouse()
    house.service.endSessions()
    house.keychain.failure = 'locked'
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ trouble: { code: 'keychain-locked' } })
    house.keychain.failure = null
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ trouble: null })
    expect(stateOf(house, account, 'ci')).toBeUndefined()
  })
})
