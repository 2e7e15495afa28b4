import { describe, expect, it } from 'vitest'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localHouse, newKey, openHouse } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('the vault on this computer', () => {
  it('is an account with nothing to remember, and current at once', async () => {
    const { house, account } = await localHouse()
    expect(account).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f]{16}$/), server: null, method: 'local', email: null, signedIn: true },
      ...{ userId: expect.stringMatching(/^[0-9a-f]{24}$/), syncedAt: null, trouble: null },
    })
    expect([house.opened.cache.accounts(), house.opened.cache.current()]).toEqual([[account], account.id])
    expect(house.announced).toEqual(['accounts'])
  })

  it('keeps its password in the keychain and nowhere else', async () => {
    const { house } = await localHouse()
    const password = house.keychain.items.get(items.local)?.split(' ')[2] ?? ''
    expect(Buffer.from(password, 'base64url').length).toBe(32)
    expect(JSON.stringify([house.disk.records, [...house.disk.records.accounts]])).not.toContain(password)
  })

  it('is there once, however often it is opened', async () => {
    const { house, account } = await localHouse()
    expect(await openLocal(house.opened)).toEqual(account)
    await house.restart()
    expect(await openLocal(house.opened)).toEqual(account)
    expect(house.opened.cache.accounts()).toEqual([account])
    expect(house.service.calls.filter((call) => call === 'register')).toHaveLength(1)
  })

  // A double click once made two accounts, and a second password over the first one's.
  it('is made once when it is asked for twice at once', async () => {
    const house = await openHouse()
    const [one, other] = await Promise.all([openLocal(house.opened), openLocal(house.opened)])
    expect(one).toEqual(other)
    expect(house.opened.cache.accounts()).toEqual([one])
  })

  it('is found again with its keys and values after the cache was lost', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.vault.lock()
    house.disk.erase()
    for (const item of [items.accounts, items.account(account.id)]) house.keychain.items.delete(item)
    await house.restart()
    expect(house.opened.cache.accounts()).toEqual([])
    const again = await openLocal(house.opened)
    expect(again).toEqual(account)
    expect((await refreshKeys(house.opened, again.id)).keys).toEqual([key])
    expect((await release(house.opened, again.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('registers again when the backend has lost its data, and keeps the values of the keys that went with it', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.servers.loseEmbedded()
    const again = await openLocal(house.opened)
    expect(again).toMatchObject({ id: account.id, signedIn: true })
    expect((await refreshKeys(house.opened, again.id)).keys).toEqual([])
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect((await newKey(house, again, 'ci')).key.value).toBe('here')
  })

  // A lost sign-in was once replaced by a second account; forgetting the first then took the second one's sign-in, and its keys.
  it('gets a new sign-in when its own was lost, and keeps its id and its values', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.keychain.items.delete(items.local)
    const again = await openLocal(house.opened)
    expect(house.opened.cache.accounts()).toEqual([again])
    expect(again.id).toBe(account.id)
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it("does not sign in with another account's password, nor remove it", async () => {
    const { house, account } = await localHouse()
    const theirs = `${'0'.repeat(16)} vault-0@latchkey.invalid password`
    house.keychain.items.set(items.local, theirs)
    house.service.endSessions()
    await refreshKeys(house.opened, account.id)
    expect(listKeys(house.opened, account.id).trouble?.code).toBe('keychain-absent')
    await signOut(house.opened, account.id, true).catch(() => undefined) // its session is dead
    expect(house.keychain.items.get(items.local)).toBe(theirs)
  })

  it('signs in again after it was signed out, as the same account with the same keys', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(await signOut(house.opened, account.id, false)).toEqual({ revoked: true })
    expect(await openLocal(house.opened)).toEqual(account)
    expect(listKeys(house.opened, account.id).keys).toEqual([key])
  })

  it('is not made while the keychain does not keep its password: nothing is registered', async () => {
    const house = await openHouse()
    for (const failure of ['locked', 'unavailable', 'denied', 'timeout'] as const) {
      house.keychain.failure = failure
      expect(await codeRejected(openLocal(house.opened))).toBe(`keychain-${failure}`)
    }
    house.keychain.failure = null
    house.keychain.forgetful = true
    expect(await codeRejected(openLocal(house.opened))).toBe('keychain-mismatch')
    expect([house.service.calls, house.opened.cache.accounts()]).toEqual([[], []])
  })

  it('is finished by the next try when the first broke off', async () => {
    const house = await openHouse()
    house.service.before = unreachable('register')
    expect(await codeRejected(openLocal(house.opened))).toBe('server-unreachable')
    expect(house.opened.cache.accounts()).toEqual([])
    house.service.before = () => undefined
    expect(house.keychain.items.get(items.local)).toContain((await openLocal(house.opened)).id)
  })

  it.each(['', 'x', 'a b c', `${'0'.repeat(16)} mail`, `${'0'.repeat(16)} mail password more`, `../../../etc/pass mail password`])(
    'does not take a keychain item it did not write, and does not write over it: %j',
    async (text) => {
      const house = await openHouse()
      house.keychain.items.set(items.local, text)
      expect(await codeRejected(openLocal(house.opened))).toBe('keychain-mismatch')
      expect(house.keychain.items.get(items.local)).toBe(text)
    },
  )
})
