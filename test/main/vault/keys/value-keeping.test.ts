import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { localHouse, recordOf, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a value that the keychain does not take', () => {
  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'stays sealed while the keychain is %s, can be used, and goes there later',
    async (failure) => {
      const { house, account } = await localHouse()
      house.keychain.failure = failure
      const key = await createKey(house.opened, account.id, 'ci')
      expect(key).toMatchObject({ value: 'sealed', lastFour: expect.stringMatching(/^.{4}$/) })
      const value = (await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()
      expect(value.slice(-4)).toBe(key.lastFour)
      expect(JSON.stringify([...house.disk.records.keys.values()])).not.toContain(value)
      house.keychain.failure = null
      await house.vault.resume()
      expect(recordOf(house, account, key.id)).toMatchObject({ value: 'here', sealed: null })
      expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    },
  )

  it('stays sealed when the keychain says it took it and did not', async () => {
    const { house, account } = await localHouse()
    house.keychain.forgetful = true
    expect(await createKey(house.opened, account.id, 'ci')).toMatchObject({ value: 'sealed' })
    house.keychain.forgetful = false
    await refreshKeys(house.opened, account.id)
    expect(stateOf(house, account, 'ci')?.value).toBe('here')
  })

  it('stays sealed when it is too large for the keychain, and can be used', async () => {
    const { house, account } = await localHouse()
    house.keychain.limit = 40
    const key = await createKey(house.opened, account.id, 'ci')
    expect(key.value).toBe('sealed')
    expect((await release(house.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toMatch(/^.{64}$/)
  })
})

describe('values that a locked keychain does not take', () => {
  // Each try may be a prompt: five keys were five prompts a sync.
  it('are tried once at a time, and all of them once it is unlocked', async () => {
    const { house, account } = await localHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'locked' : null)
    for (const name of ['one', 'two', 'three']) await createKey(house.opened, account.id, name)
    const writes = () => house.keychain.calls.filter((call) => call.startsWith('write value/')).length
    const before = writes()
    await refreshKeys(house.opened, account.id)
    expect(writes() - before).toBe(1)
    house.keychain.failing = () => null
    expect((await refreshKeys(house.opened, account.id)).keys.map(({ value }) => value)).toEqual(['here', 'here', 'here'])
  })
})

describe('a value that the disk does not take', () => {
  it('is not even asked for when the disk is full before', async () => {
    const { house, account } = await localHouse()
    house.disk.full = true
    const asked = house.service.calls.length
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('disk-full')
    expect(house.service.calls.length).toBe(asked)
  })

  it('is rescued into the keychain when the disk fills up meanwhile, and found there by the next list', async () => {
    const { house, account } = await localHouse()
    house.service.after = () => void (house.disk.full = true)
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('disk-full')
    house.service.after = () => undefined
    house.disk.full = false
    const listing = await refreshKeys(house.opened, account.id)
    expect(listing).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
    expect((await release(house.opened, account.id, listing.keys[0]?.id ?? '', { purpose: 'copy' })).lastFour()).toBe(
      listing.keys[0]?.lastFour,
    )
  })

  it('ends its key when the keychain does not take it either: nobody would ever hold the value', async () => {
    const { house, account } = await localHouse()
    house.service.after = (call) => {
      if (call === 'create') [house.disk.full, house.keychain.failure] = [true, 'locked']
    }
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('disk-full')
    expect(house.service.calls.at(-1)).toBe('delete')
    house.disk.full = false
    house.keychain.failure = null
    house.now += 60_000
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
  })

  // Locked between the server's answer and the seal, the value was once thrown away: sealing needs a key that is wiped.
  it('is kept when the vault is locked while the server answers, also where the keychain locks with it', async () => {
    const { house, account } = await localHouse()
    let closed: Promise<void> = Promise.resolve()
    house.service.after = (call) => {
      if (call !== 'create') return
      closed = house.vault.lock().then(() => void (house.keychain.failure = 'locked'))
    }
    await createKey(house.opened, account.id, 'ci')
    expect(house.vault.closed).toBe('locked')
    await closed
    house.service.after = () => undefined
    house.keychain.failure = null
    await house.vault.open()
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
  })
})
