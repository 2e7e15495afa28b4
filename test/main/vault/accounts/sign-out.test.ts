import { describe, expect, it } from 'vitest'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { byEmail, dropIndex, localHouse, newKey, remoteHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('signing out', () => {
  it('ends the session on the server, and keeps the account, its keys and their values', async () => {
    const { house, account } = await remoteHouse()
    const { key, value } = await newKey(house, account)
    const sessions = house.remote.openSessions
    expect(await signOut(house.opened, account.id, false)).toEqual({ revoked: true })
    expect(house.remote.openSessions).toBe(sessions - 1)
    expect(house.opened.cache.accounts()).toEqual([{ ...account, signedIn: false, syncedAt: house.now }])
    expect(house.opened.cache.current()).toBe(null)
    expect(listKeys(house.opened, account.id).keys).toEqual([key])
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect(house.announced.at(-1)).toBe('accounts')
  })

  it('refuses what needs the server from then on, without asking it', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    await signOut(house.opened, account.id, false)
    const asked = house.remote.calls.length
    expect(await codeRejected(createKey(house.opened, account.id, 'next'))).toBe('signed-out')
    expect(await codeRejected(disableKey(house.opened, account.id, key.id))).toBe('signed-out')
    expect(house.remote.calls.length).toBe(asked)
  })

  it('says when the server could not be told: the session ends here, and there by age', async () => {
    const { house, account } = await remoteHouse()
    house.remote.before = unreachable('signOut')
    expect(await signOut(house.opened, account.id, false)).toEqual({ revoked: false })
    expect(house.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: false }])
    expect(await codeRejected(house.servers.of(account).fetchAll())).toBe('session-ended')
  })

  it('is done already when the session was dead', async () => {
    const { house, account } = await remoteHouse()
    house.remote.endSessions()
    expect(await signOut(house.opened, account.id, false)).toEqual({ revoked: true })
    expect(await signOut(house.opened, account.id, false)).toEqual({ revoked: true })
  })

  it('goes on with another account that is signed in', async () => {
    const { house, account } = await remoteHouse()
    const local = await openLocal(house.opened)
    const third = await signIn(house.opened, server, { method: 'anonymous' })
    await signOut(house.opened, account.id, false)
    expect(house.opened.cache.current()).toBe(third.id)
    await signOut(house.opened, third.id, false)
    expect(house.opened.cache.current()).toBe(local.id)
  })

  it('and in again is the same account with its values', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    await signOut(house.opened, account.id, false)
    expect(await signIn(house.opened, server, byEmail)).toEqual({ ...account, syncedAt: house.now })
    expect(listKeys(house.opened, account.id).keys).toEqual([key])
    expect((await newKey(house, account, 'next')).key.value).toBe('here')
  })

  it('is refused for an account that is not there', async () => {
    const { house } = await remoteHouse()
    expect(await codeRejected(signOut(house.opened, 'nobody', true))).toBe('account-not-found')
  })
})

describe('signing out and forgetting', () => {
  it('removes every value from the keychain, and the account from the cache', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key: gone } = await newKey(house, account, 'gone')
    const { key } = await newKey(house, account)
    await elsewhere.delete(gone.id)
    await release(house.opened, account.id, key.id, { purpose: 'copy' })
    expect(await signOut(house.opened, account.id, true)).toEqual({ revoked: true })
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
    const { records } = house.disk
    expect([records.accounts.size, records.keys.size, records.current]).toEqual([0, 0, null])
  })

  it("leaves the keys on the server, and another account's values", async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    const local = await openLocal(house.opened)
    const { value } = await newKey(house, local)
    await signOut(house.opened, account.id, true)
    expect(await elsewhere.fetchAll()).toMatchObject([{ id: key.id }])
    expect([...house.keychain.items.values()]).toContain(value)
    expect(house.opened.cache.accounts()).toEqual([local])
  })

  it('deletes the user of the vault on this computer too: the next one is new', async () => {
    const { house, account } = await localHouse()
    await newKey(house, account)
    await signOut(house.opened, account.id, true)
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(house.service.calls).toContain('deleteUser')
    const next = await openLocal(house.opened)
    expect([next.id, next.userId]).not.toContain(account.id)
    expect(next.userId).not.toBe(account.userId)
  })

  it('keeps the account to be forgotten again when the keychain is locked', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.keychain.failure = 'locked'
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('keychain-locked')
    expect([house.opened.cache.accounts(), listKeys(house.opened, account.id).keys]).toEqual([[account], [{ ...key, value: 'locked' }]])
    expect([...house.keychain.items.values()]).toContain(value)
    house.keychain.failure = null
    await signOut(house.opened, account.id, true)
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
  })

  // The account went, and its values stayed in the keychain, where nothing listed them any more.
  it('is refused for a profile without an index after a lost cache, while the session is dead: the values go once the person has signed in', async () => {
    const { house, account } = await remoteHouse()
    const { value } = await newKey(house, account)
    house.disk.setAside()
    dropIndex(house)
    await house.restart()
    house.remote.endSessions()
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('session-ended')
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('signed-out')
    expect([house.opened.cache.accounts().map(({ id }) => id), [...house.keychain.items.values()].includes(value)]).toEqual([
      [account.id],
      true,
    ])
    await signIn(house.opened, server, byEmail)
    await signOut(house.opened, account.id, true)
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(house.opened.cache.accounts()).toEqual([])
  })

  it('is refused for a profile without an index while it cannot be told what became of a creation, whose value may be in the keychain alone', async () => {
    const { house, account } = await remoteHouse()
    dropIndex(house)
    await house.restart()
    house.remote.after = brokenOff('create')
    house.remote.before = (call) => {
      if (call === 'create') house.remote.before = unreachable('fetchAll')
    }
    await codeRejected(createKey(house.opened, account.id, 'ci'))
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('server-unreachable')
    expect(house.opened.cache.accounts()).toHaveLength(1)
    house.remote.before = () => undefined
    house.remote.after = () => undefined
    expect(await signOut(house.opened, account.id, true)).toEqual({ revoked: true })
    expect(house.opened.cache.accounts()).toEqual([])
  })

  it('can be done after signing out without forgetting', async () => {
    const { house, account } = await remoteHouse()
    await newKey(house, account)
    await signOut(house.opened, account.id, false)
    expect(await signOut(house.opened, account.id, true)).toEqual({ revoked: true })
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(house.opened.cache.accounts()).toEqual([])
  })
})
