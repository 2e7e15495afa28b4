import { describe, expect, it } from 'vitest'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey, enableKey, lookUpKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localHouse, newKey, recordOf, remoteHouse, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const unknownId = '64a0000000000000000000ff'

describe('listing', () => {
  it('reads the cache alone', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const [asked, read] = [house.service.calls.length, house.keychain.calls.length]
    expect(listKeys(house.opened, account.id)).toEqual({
      ...{ accountId: account.id, keys: [key], limit: 20, syncedAt: null, trouble: null, connection: 'online' },
      ...{ waiting: [], news: [], trash: [], keychain: null },
    })
    expect([house.service.calls.length, house.keychain.calls.length]).toEqual([asked, read])
  })
})

describe('disabling and enabling', () => {
  it('are done on the server and told in the list', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    expect(await disableKey(house.opened, account.id, key.id)).toEqual({ ...key, enabled: false })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
    expect(stateOf(house, account, 'ci')?.enabled).toBe(false)
    expect(await enableKey(house.opened, account.id, key.id)).toEqual(key)
    expect((await elsewhere.fetch(key.id)).enabled).toBe(true)
    expect(stateOf(house, account, 'ci')?.enabled).toBe(true)
    expect(house.announced.at(-1)).toBe('keys')
  })

  it('done twice are no error', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect((await enableKey(house.opened, account.id, key.id)).enabled).toBe(true)
    await disableKey(house.opened, account.id, key.id)
    expect((await disableKey(house.opened, account.id, key.id)).enabled).toBe(false)
  })

  it('keep the value as it is, sealed or not', async () => {
    const { house, account } = await localHouse()
    house.keychain.failure = 'locked'
    const key = await createKey(house.opened, account.id, 'ci')
    const { sealed } = recordOf(house, account, key.id) ?? {}
    expect((await disableKey(house.opened, account.id, key.id)).value).toBe('sealed')
    expect(recordOf(house, account, key.id)?.sealed).toBe(sealed)
  })

  it.each([disableKey, enableKey])('of a key deleted elsewhere are refused, and the list is brought up to date: %o', async (act) => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    const { key: other } = await elsewhere.create('other')
    await elsewhere.delete(key.id)
    expect(await codeRejected(act(house.opened, account.id, key.id))).toBe('key-not-found')
    expect(listKeys(house.opened, account.id).keys.map(({ id }) => id)).toEqual([other.id])
  })

  it('wait when the server cannot be asked, and the key stays as it is', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.service.before = unreachable('disable')
    expect(await disableKey(house.opened, account.id, key.id)).toEqual(key)
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [key], waiting: [{ kind: 'disable', keyId: key.id, sent: false }] })
  })

  it('of an unknown id are refused without asking', async () => {
    const { house, account } = await localHouse()
    const asked = house.service.calls.length
    expect(await codeRejected(disableKey(house.opened, account.id, unknownId))).toBe('key-not-found')
    expect(house.service.calls.length).toBe(asked)
  })
})

describe('deleting', () => {
  it('ends the key on the server and its value in the keychain', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(await elsewhere.fetchAll()).toEqual([])
    expect(recordOf(house, account, key.id)).toBeUndefined()
    expect(house.keychain.items.has(items.value(account.id, key.id))).toBe(false)
    expect(house.announced.at(-1)).toBe('keys')
  })

  it.each(['', 'CI', 'ci ', 'c'])("wants the key's name typed, exactly: %j is not it", async (typed) => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    expect(await codeRejected(deleteKey(house.opened, account.id, key.id, typed))).toBe('name-mismatch')
    expect(house.service.calls).not.toContain('delete')
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('of a key deleted elsewhere is done already, and its value goes', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.delete(key.id)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(recordOf(house, account, key.id)).toBeUndefined()
    expect(house.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('waits when the server cannot be asked, and deletes no value until then', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.service.before = unreachable('delete')
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(listKeys(house.opened, account.id).waiting).toMatchObject([{ kind: 'delete', keyId: key.id }])
    expect(stateOf(house, account, 'ci')).toEqual(key)
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('keeps track of the value while the keychain is locked, and forgetting the account removes it', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.failure = 'locked'
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(listKeys(house.opened, account.id).keys).toEqual([])
    expect(recordOf(house, account, key.id)).toMatchObject({ enabled: false, goneAt: house.now })
    house.keychain.failure = null
    await signOut(house.opened, account.id, true)
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
  })

  // The sealed value of a deleted key once went on to the keychain when that was unlocked, after the deletion.
  it('ends a value that was still sealed, while the keychain is locked', async () => {
    const { house, account } = await localHouse()
    house.keychain.failure = 'locked'
    const key = await createKey(house.opened, account.id, 'ci')
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(recordOf(house, account, key.id)?.sealed).toBe(null)
    house.keychain.failure = null
    await refreshKeys(house.opened, account.id)
    expect(house.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('of an unknown id is refused', async () => {
    const { house, account } = await localHouse()
    expect(await codeRejected(deleteKey(house.opened, account.id, unknownId, 'ci'))).toBe('key-not-found')
  })
})

describe('looking a key up', () => {
  it('asks the server, by id and by name', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.disable(key.id)
    const before = house.remote.calls.length
    expect(await lookUpKey(house.opened, account.id, { id: key.id })).toEqual({ ...key, enabled: false })
    expect(house.remote.calls.slice(before)).not.toContain('fetchAll')
    await elsewhere.enable(key.id)
    expect(await lookUpKey(house.opened, account.id, { name: 'ci' })).toEqual(key)
    expect(await lookUpKey(house.opened, account.id, { id: key.id.toUpperCase() })).toEqual(key)
  })

  it('finds a key made elsewhere of which nothing was known', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await elsewhere.create('theirs')
    expect(await lookUpKey(house.opened, account.id, { id: key.id })).toMatchObject({ name: 'theirs', value: 'elsewhere' })
    await elsewhere.create('other')
    expect(await lookUpKey(house.opened, account.id, { name: 'other' })).toMatchObject({ value: 'elsewhere' })
    expect(listKeys(house.opened, account.id).keys).toHaveLength(2)
  })

  it('is refused by what cannot be an id or a name, without asking', async () => {
    const { house, account } = await localHouse()
    const asked = house.service.calls.length
    expect(await codeRejected(lookUpKey(house.opened, account.id, { id: 'twelve chars' }))).toBe('key-not-found')
    expect(await codeRejected(lookUpKey(house.opened, account.id, { name: 'a b' }))).toBe('name-invalid')
    expect(house.service.calls.length).toBe(asked)
  })

  it('is refused when there is no such key', async () => {
    const { house, account } = await localHouse()
    expect(await codeRejected(lookUpKey(house.opened, account.id, { id: unknownId }))).toBe('key-not-found')
    expect(await codeRejected(lookUpKey(house.opened, account.id, { name: 'ci' }))).toBe('key-not-found')
  })
})

describe('looking whether values are still there', () => {
  it('finds one missing, and found again', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    const item = items.value(account.id, key.id)
    house.keychain.items.delete(item)
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'missing' })
    expect(house.announced.at(-1)).toBe('keys')
    house.keychain.items.set(item, value)
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toEqual(key)
  })

  it('finds a value that has come here since: a keychain restored, or synchronised between computers', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key, value } = await elsewhere.create('ci')
    await refreshKeys(house.opened, account.id)
    house.keychain.items.set(items.value(account.id, key.id), value.expose())
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toMatchObject({ value: 'here', lastFour: value.lastFour() })
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)('calls nothing missing while the keychain is %s', async (failure) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.failure = failure
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'locked' })
    house.keychain.failure = null
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toEqual(key)
  })

  it('announces nothing when nothing changed', async () => {
    const { house, account } = await localHouse()
    await newKey(house, account)
    const announced = house.announced.length
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(house.announced.length).toBe(announced)
  })
})
