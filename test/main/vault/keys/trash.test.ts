import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { type KeyListing, listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { purgeTrashedValue } from '../../../../main/vault/keys/trash.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { newKey, recordOf, remoteVault, remoteVaultWithKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const day = 24 * 60 * 60 * 1000

/** A vault fixture with the value of a key that was deleted elsewhere. */
async function withLeftOver() {
  const found = await remoteVault()
  const { fixture, account, elsewhere } = found
  const { key, value } = await newKey(fixture, account)
  await elsewhere.delete(key.id)
  await refreshKeys(fixture.opened, account.id)
  const item = items.value(account.id, key.id)
  return { ...found, key, value, item, sync: () => refreshKeys(fixture.opened, account.id) }
}

describe('a value in the trash', () => {
  it('is kept for thirty days, and can be revealed', async () => {
    const { fixture, account, key, value } = await withLeftOver()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [] })
    expect(listKeys(fixture.opened, account.id).trash).toEqual([
      { id: key.id, name: 'ci', lastFour: value.slice(-4), goneAt: fixture.now, purgedAt: fixture.now + 30 * day },
    ])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
  })

  it('is removed after that, with its record', async () => {
    const { fixture, account, key, item, sync } = await withLeftOver()
    fixture.run(29 * day)
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(true)
    fixture.run(2 * day)
    await sync()
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(false)
    expect(recordOf(fixture, account, key.id)).toBeUndefined()
  })

  // If the clock was ahead for two syncs in a row, every value in the trash used to be removed at once.
  it.each([
    ['ahead', 400 * day],
    ['behind', -400 * day],
  ])('does not expire by the computer’s clock, however often it is synced (%s)', async (_, ahead) => {
    const { fixture, item, sync } = await withLeftOver()
    fixture.now += ahead
    for (let times = 0; times < 4; times += 1) {
      await sync()
      await fixture.restart()
      await sync()
    }
    expect(fixture.keychain.items.has(item)).toBe(true)
    fixture.run(29 * day)
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(true)
    fixture.run(day)
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(false)
  })

  // A record dated 1970 used to have its value removed at the second sync.
  it('does not expire by the date in its record', async () => {
    const { fixture, account, key, item, sync } = await withLeftOver()
    const record = recordOf(fixture, account, key.id)
    if (record === undefined) throw new Error('the key has no record')
    fixture.opened.cache.commit([{ op: 'put-key', key: { ...record, goneAt: 0 } }])
    for (let times = 0; times < 3; times += 1) {
      fixture.run(day)
      await sync()
    }
    expect(fixture.keychain.items.has(item)).toBe(true)
    expect(listKeys(fixture.opened, account.id).trash).toMatchObject([{ goneAt: 0, purgedAt: fixture.now + 27 * day }])
  })

  it('counts its time across restarts, but not while Latchkey is not running', async () => {
    const { fixture, item, sync } = await withLeftOver()
    for (let days = 0; days < 29; days += 1) {
      fixture.run(day)
      await sync()
      await fixture.restart()
      fixture.now += 100 * day
      await sync()
    }
    expect(fixture.keychain.items.has(item)).toBe(true)
    fixture.run(day)
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(false)
  })

  it('gets its full time again after its key came back and was deleted once more', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    const lists = fixture.servers.of(account)
    const everything = lists.fetchAll.bind(lists)
    const sync = (): Promise<KeyListing> => refreshKeys(fixture.opened, account.id)
    const goneFor29Days = async (): Promise<void> => {
      lists.fetchAll = async () => []
      await sync()
      fixture.run(29 * day)
      await sync()
      expect(recordOf(fixture, account, key.id)?.goneFor).toBe(29 * day)
    }
    await goneFor29Days()
    lists.fetchAll = everything
    await sync()
    expect(recordOf(fixture, account, key.id)).toMatchObject({ goneAt: null, goneFor: 0 })
    fixture.run(29 * day)
    await goneFor29Days()
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(true)
    lists.fetchAll = everything
    expect((await sync()).keys).toMatchObject([{ id: key.id, value: 'here' }])
  })

  it('is kept while the server cannot be asked whether the key is back', async () => {
    const { fixture, item, sync } = await withLeftOver()
    fixture.remote.before = unreachable()
    fixture.run(400 * day)
    await sync()
    await sync()
    expect(fixture.keychain.items.has(item)).toBe(true)
  })

  it('is kept as long as the preference says', async () => {
    const { fixture, account, key } = await withLeftOver()
    fixture.preferences = { trashDays: 3 }
    expect(listKeys(fixture.opened, account.id).trash).toMatchObject([{ id: key.id, purgedAt: fixture.now + 3 * day }])
  })

  it('is removed at once if its person says so', async () => {
    const { fixture, account, key, item } = await withLeftOver()
    await purgeTrashedValue(fixture.opened, account.id, key.id)
    expect(listKeys(fixture.opened, account.id).trash).toEqual([])
    expect(fixture.keychain.items.has(item)).toBe(false)
    expect(await codeRejected(purgeTrashedValue(fixture.opened, account.id, key.id))).toBe('key-not-found')
  })

  it('stays listed while the keychain does not remove it', async () => {
    const { fixture, account, key } = await withLeftOver()
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(purgeTrashedValue(fixture.opened, account.id, key.id))).toBe('keychain-locked')
    expect(listKeys(fixture.opened, account.id).trash).toHaveLength(1)
  })

  // After a kill between keychain and cache, the entry used to stay for thirty days without a value.
  it('whose removal was interrupted is no longer listed after the next start', async () => {
    const { fixture, account, item } = await withLeftOver()
    fixture.keychain.items.delete(item)
    await fixture.restartAndResume()
    expect(listKeys(fixture.opened, account.id).trash).toEqual([])
  })

  // A keyring that had just started had no items for a moment, and the entry used to be dropped for good.
  it('that the keychain lacks for a while is listed again when it is back', async () => {
    const { fixture, account, key, item, value } = await withLeftOver()
    fixture.keychain.items.delete(item)
    await fixture.restartAndResume()
    fixture.keychain.items.set(item, value)
    await fixture.restartAndResume()
    expect(listKeys(fixture.opened, account.id).trash).toMatchObject([{ id: key.id }])
  })

  // A server that lists new keys each time used to make the cache grow, and a month later filled the journal with removals of values that
  // never existed.
  it('does not exist for a key whose value was never here: nothing of the key stays, and no removal is journaled', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const sync = (): Promise<KeyListing> => refreshKeys(fixture.opened, account.id)
    await sync()
    const { key } = await elsewhere.create('theirs')
    await sync()
    await elsewhere.delete(key.id)
    expect((await sync()).news.map(({ what }) => what)).toEqual(['made', 'gone'])
    expect(fixture.opened.cache.keys(account.id)).toEqual([])
    expect(fixture.opened.cache.lines({ limit: 100 }).filter(({ name }) => name === 'theirs')).toEqual([])
  })

  it('that never existed is removed without a journal line', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    fixture.remote.after = brokenOff('create')
    await codeRejected(createKey(fixture.opened, account.id, 'lost'))
    fixture.remote.after = () => undefined
    const [key] = listKeys(fixture.opened, account.id).keys
    await elsewhere.delete(key?.id ?? '')
    for (let month = 0; month < 3; month += 1) {
      await refreshKeys(fixture.opened, account.id)
      fixture.run(31 * day)
    }
    expect(fixture.opened.cache.keys(account.id)).toEqual([])
    expect(fixture.opened.cache.lines({ limit: 100 }).map(({ event }) => event)).not.toContain('value-removed')
  })

  it('cannot be purged while its key exists: that is deleted by its name', async () => {
    const { fixture, account } = await withLeftOver()
    const { key } = await newKey(fixture, account, 'alive')
    expect(await codeRejected(purgeTrashedValue(fixture.opened, account.id, key.id))).toBe('key-not-found')
  })
})
