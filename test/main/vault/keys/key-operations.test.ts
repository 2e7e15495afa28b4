import { describe, expect, it } from 'vitest'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey, enableKey, lookUpKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localVault, localVaultWithKey, newKey, recordOf, remoteVault, remoteVaultWithKey, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const unknownId = '64a0000000000000000000ff'

describe('listing', () => {
  it('reads the cache only', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const [asked, read] = [fixture.service.calls.length, fixture.keychain.calls.length]
    expect(listKeys(fixture.opened, account.id)).toEqual({
      ...{ accountId: account.id, keys: [key], limit: 20, syncedAt: null, trouble: null, connection: 'online' },
      ...{ waiting: [], news: [], trash: [], keychain: null },
    })
    expect([fixture.service.calls.length, fixture.keychain.calls.length]).toEqual([asked, read])
  })
})

describe('disabling and enabling', () => {
  it('change the key on the server and in the list', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    expect(await disableKey(fixture.opened, account.id, key.id)).toEqual({ ...key, enabled: false })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
    expect(stateOf(fixture, account, 'ci')?.enabled).toBe(false)
    expect(await enableKey(fixture.opened, account.id, key.id)).toEqual(key)
    expect((await elsewhere.fetch(key.id)).enabled).toBe(true)
    expect(stateOf(fixture, account, 'ci')?.enabled).toBe(true)
    expect(fixture.announced.at(-1)).toBe('keys')
  })

  it('are idempotent', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect((await enableKey(fixture.opened, account.id, key.id)).enabled).toBe(true)
    await disableKey(fixture.opened, account.id, key.id)
    expect((await disableKey(fixture.opened, account.id, key.id)).enabled).toBe(false)
  })

  it('keep the value as it is, sealed or not', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failure = 'locked'
    const key = await createKey(fixture.opened, account.id, 'ci')
    const { sealed } = recordOf(fixture, account, key.id) ?? {}
    expect((await disableKey(fixture.opened, account.id, key.id)).value).toBe('sealed')
    expect(recordOf(fixture, account, key.id)?.sealed).toBe(sealed)
  })

  it.each([disableKey, enableKey])('of a key deleted elsewhere are refused, and the list is updated: %o', async (act) => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    const { key: other } = await elsewhere.create('other')
    await elsewhere.delete(key.id)
    expect(await codeRejected(act(fixture.opened, account.id, key.id))).toBe('key-not-found')
    expect(listKeys(fixture.opened, account.id).keys.map(({ id }) => id)).toEqual([other.id])
  })

  it('stay pending while the server is unreachable, and leave the key unchanged', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.service.before = unreachable('disable')
    expect(await disableKey(fixture.opened, account.id, key.id)).toEqual(key)
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key], waiting: [{ kind: 'disable', keyId: key.id, sent: false }] })
  })

  it('of an unknown id are refused without a request', async () => {
    const { fixture, account } = await localVault()
    const asked = fixture.service.calls.length
    expect(await codeRejected(disableKey(fixture.opened, account.id, unknownId))).toBe('key-not-found')
    expect(fixture.service.calls.length).toBe(asked)
  })
})

describe('deleting', () => {
  it('removes the key from the server and its value from the keychain', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(await elsewhere.fetchAll()).toEqual([])
    expect(recordOf(fixture, account, key.id)).toBeUndefined()
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
    expect(fixture.announced.at(-1)).toBe('keys')
  })

  it.each(['', 'CI', 'ci ', 'c'])("requires the key's exact name: %j is refused", async (typed) => {
    const { fixture, account, key, value } = await localVaultWithKey()
    expect(await codeRejected(deleteKey(fixture.opened, account.id, key.id, typed))).toBe('name-mismatch')
    expect(fixture.service.calls).not.toContain('delete')
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('of a key deleted elsewhere succeeds, and removes its value', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(recordOf(fixture, account, key.id)).toBeUndefined()
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('stays pending while the server is unreachable, and removes no value until then', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.service.before = unreachable('delete')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(listKeys(fixture.opened, account.id).waiting).toMatchObject([{ kind: 'delete', keyId: key.id }])
    expect(stateOf(fixture, account, 'ci')).toEqual(key)
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('keeps track of the value while the keychain is locked, and forgetting the account removes it', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.keychain.failure = 'locked'
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(listKeys(fixture.opened, account.id).keys).toEqual([])
    expect(recordOf(fixture, account, key.id)).toMatchObject({ enabled: false, goneAt: fixture.now })
    fixture.keychain.failure = null
    await signOut(fixture.opened, account.id, true)
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
  })

  // The sealed value of a deleted key used to move to the keychain when that was unlocked, after the deletion.
  it('drops a value that is still sealed, while the keychain is locked', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failure = 'locked'
    const key = await createKey(fixture.opened, account.id, 'ci')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(recordOf(fixture, account, key.id)?.sealed).toBe(null)
    fixture.keychain.failure = null
    await refreshKeys(fixture.opened, account.id)
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('of an unknown id is refused', async () => {
    const { fixture, account } = await localVault()
    expect(await codeRejected(deleteKey(fixture.opened, account.id, unknownId, 'ci'))).toBe('key-not-found')
  })
})

describe('looking a key up', () => {
  it('asks the server, by id and by name', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.disable(key.id)
    const before = fixture.remote.calls.length
    expect(await lookUpKey(fixture.opened, account.id, { id: key.id })).toEqual({ ...key, enabled: false })
    expect(fixture.remote.calls.slice(before)).not.toContain('fetchAll')
    await elsewhere.enable(key.id)
    expect(await lookUpKey(fixture.opened, account.id, { name: 'ci' })).toEqual(key)
    expect(await lookUpKey(fixture.opened, account.id, { id: key.id.toUpperCase() })).toEqual(key)
  })

  it('finds a key made elsewhere that was not known here', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key } = await elsewhere.create('theirs')
    expect(await lookUpKey(fixture.opened, account.id, { id: key.id })).toMatchObject({ name: 'theirs', value: 'elsewhere' })
    await elsewhere.create('other')
    expect(await lookUpKey(fixture.opened, account.id, { name: 'other' })).toMatchObject({ value: 'elsewhere' })
    expect(listKeys(fixture.opened, account.id).keys).toHaveLength(2)
  })

  it('is refused without a request for an invalid id or name', async () => {
    const { fixture, account } = await localVault()
    const asked = fixture.service.calls.length
    expect(await codeRejected(lookUpKey(fixture.opened, account.id, { id: 'twelve chars' }))).toBe('key-not-found')
    expect(await codeRejected(lookUpKey(fixture.opened, account.id, { name: 'a b' }))).toBe('name-invalid')
    expect(fixture.service.calls.length).toBe(asked)
  })

  it('is refused if there is no such key', async () => {
    const { fixture, account } = await localVault()
    expect(await codeRejected(lookUpKey(fixture.opened, account.id, { id: unknownId }))).toBe('key-not-found')
    expect(await codeRejected(lookUpKey(fixture.opened, account.id, { name: 'ci' }))).toBe('key-not-found')
  })
})

describe('checking whether values are still there', () => {
  it('finds one missing, and finds it again', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    const item = items.value(account.id, key.id)
    fixture.keychain.items.delete(item)
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'missing' })
    expect(fixture.announced.at(-1)).toBe('keys')
    fixture.keychain.items.set(item, value)
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(stateOf(fixture, account, 'ci')).toEqual(key)
  })

  it('finds a value that has arrived since, from a restored or synchronised keychain', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key, value } = await elsewhere.create('ci')
    await refreshKeys(fixture.opened, account.id)
    fixture.keychain.items.set(items.value(account.id, key.id), value.expose())
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(stateOf(fixture, account, 'ci')).toMatchObject({ value: 'here', lastFour: value.lastFour() })
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'reports nothing as missing while the keychain is %s',
    async (failure) => {
      const { fixture, account, key } = await localVaultWithKey()
      fixture.keychain.failure = failure
      await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
      expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'locked' })
      fixture.keychain.failure = null
      await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
      expect(stateOf(fixture, account, 'ci')).toEqual(key)
    },
  )

  it('announces nothing if nothing changed', async () => {
    const { fixture, account } = await localVault()
    await newKey(fixture, account)
    const announced = fixture.announced.length
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(fixture.announced.length).toBe(announced)
  })
})
