import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { brokenOff } from '../../fakes/key-servers.ts'
import { Gate } from '../fixtures/gate.ts'
import { localHouse, newKey, openHouse, recordOf, remoteHouse, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('releasing a value', () => {
  it.each(['copy', 'reveal'] as const)('gives it as a secret, and journals that it left to %s', async (purpose) => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    const secret = await release(house.opened, account.id, key.id, { purpose })
    expect(secret).toBeInstanceOf(Secret)
    expect(secret.expose()).toBe(value)
    expect(house.opened.cache.releases(account.id)).toEqual([
      { accountId: account.id, keyId: key.id, purpose, requester: { kind: 'person' }, at: house.now },
    ])
  })

  it('works without the server', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const asked = house.service.calls.length
    await release(house.opened, account.id, key.id, { purpose: 'copy' })
    expect(house.service.calls.length).toBe(asked)
  })

  it('gives a sealed value without the keychain', async () => {
    const { house, account } = await localHouse()
    house.keychain.failure = 'locked'
    const key = await createKey(house.opened, account.id, 'ci')
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).lastFour()).toBe(key.lastFour)
    expect(house.opened.cache.releases(account.id)).toHaveLength(1)
  })

  it('gives nothing that could not be journaled', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.disk.full = true
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe('disk-full')
  })

  it('says that it is elsewhere when it never was here', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await elsewhere.create('ci')
    await refreshKeys(house.opened, account.id)
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-elsewhere')
  })

  it('says that it is lost when it never arrived', async () => {
    const { house, account } = await localHouse()
    house.service.after = brokenOff('create')
    await codeRejected(createKey(house.opened, account.id, 'ci'))
    const key = stateOf(house, account, 'ci')
    expect(await codeRejected(release(house.opened, account.id, key?.id ?? '', { purpose: 'copy' }))).toBe('value-lost')
  })

  it('notices that it is missing from the keychain, and tells the list', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.items.delete(items.value(account.id, key.id))
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-missing')
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'missing' })
    expect(house.announced.at(-1)).toBe('keys')
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-missing')
    expect(house.opened.cache.releases(account.id)).toEqual([])
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)('calls nothing missing while the keychain is %s', async (failure) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.failure = failure
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe(`keychain-${failure}`)
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'locked' })
    expect(house.opened.cache.releases(account.id)).toEqual([])
  })

  // A look at the value, waiting behind its removal, once put the deleted key back into the list.
  it('does not bring back a key that was deleted meanwhile', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const gate = new Gate()
    house.keychain.failing = async (call, item) => {
      if (call === 'read' && item.startsWith('value/')) await gate.pass()
      return null
    }
    const releasing = codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))
    await gate.reached
    await deleteKey(house.opened, account.id, key.id, 'ci')
    gate.open()
    expect(await releasing).toBe('value-missing')
    expect(listKeys(house.opened, account.id).keys).toEqual([])
  })

  it("does not open a sealed value that was put into another key's record", async () => {
    const { house, account } = await localHouse()
    house.keychain.failure = 'locked'
    const [one, other] = [await createKey(house.opened, account.id, 'one'), await createKey(house.opened, account.id, 'other')]
    const [ours, theirs] = [recordOf(house, account, one.id), recordOf(house, account, other.id)]
    if (ours === undefined || theirs === undefined) throw new Error('no records')
    house.opened.cache.commit([{ op: 'put-key', key: { ...ours, sealed: theirs.sealed } }])
    expect(await codeRejected(release(house.opened, account.id, one.id, { purpose: 'copy' }))).toBe('profile-corrupt')
    expect(recordOf(house, account, one.id)?.sealed).toBe(theirs.sealed)
  })

  it("does not find another account's key", async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(await codeRejected(release(house.opened, 'another', key.id, { purpose: 'copy' }))).toBe('key-not-found')
    const empty = await openHouse()
    expect(await codeRejected(release(empty.opened, account.id, key.id, { purpose: 'copy' }))).toBe('key-not-found')
  })
})
