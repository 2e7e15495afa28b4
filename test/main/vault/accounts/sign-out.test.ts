import { describe, expect, it } from 'vitest'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { byEmail, dropIndex, localVault, localVaultWithKey, newKey, remoteVault, remoteVaultWithKey, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('signing out', () => {
  it('ends the session on the server, and keeps the account, its keys and their values', async () => {
    const { fixture, account, key, value } = await remoteVaultWithKey()
    const sessions = fixture.remote.openSessions
    expect(await signOut(fixture.opened, account.id, false)).toEqual({ revoked: true })
    expect(fixture.remote.openSessions).toBe(sessions - 1)
    expect(fixture.opened.cache.accounts()).toEqual([{ ...account, signedIn: false, syncedAt: fixture.now }])
    expect(fixture.opened.cache.current()).toBe(null)
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect(fixture.announced.at(-1)).toBe('accounts')
  })

  it('makes operations that need the server fail without a request', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    await signOut(fixture.opened, account.id, false)
    const asked = fixture.remote.calls.length
    expect(await codeRejected(createKey(fixture.opened, account.id, 'next'))).toBe('signed-out')
    expect(await codeRejected(disableKey(fixture.opened, account.id, key.id))).toBe('signed-out')
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('reports if the server could not be reached: the session ends here, and there by age', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.before = unreachable('signOut')
    expect(await signOut(fixture.opened, account.id, false)).toEqual({ revoked: false })
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: false }])
    expect(await codeRejected(fixture.servers.of(account).fetchAll())).toBe('session-ended')
  })

  it('succeeds if the session had already ended', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.endSessions()
    expect(await signOut(fixture.opened, account.id, false)).toEqual({ revoked: true })
    expect(await signOut(fixture.opened, account.id, false)).toEqual({ revoked: true })
  })

  it('makes another signed-in account current', async () => {
    const { fixture, account } = await remoteVault()
    const local = await openLocal(fixture.opened)
    const third = await signIn(fixture.opened, server, { method: 'anonymous' })
    await signOut(fixture.opened, account.id, false)
    expect(fixture.opened.cache.current()).toBe(third.id)
    await signOut(fixture.opened, third.id, false)
    expect(fixture.opened.cache.current()).toBe(local.id)
  })

  it('and in again finds the same account with its values', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    await signOut(fixture.opened, account.id, false)
    expect(await signIn(fixture.opened, server, byEmail)).toEqual({ ...account, syncedAt: fixture.now })
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
    expect((await newKey(fixture, account, 'next')).key.value).toBe('here')
  })

  it('is refused for an account that does not exist', async () => {
    const { fixture } = await remoteVault()
    expect(await codeRejected(signOut(fixture.opened, 'nobody', true))).toBe('account-not-found')
  })
})

describe('signing out and forgetting', () => {
  it('removes every value from the keychain, and the account from the cache', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key: gone } = await newKey(fixture, account, 'gone')
    const { key } = await newKey(fixture, account)
    await elsewhere.delete(gone.id)
    await release(fixture.opened, account.id, key.id, { purpose: 'copy' })
    expect(await signOut(fixture.opened, account.id, true)).toEqual({ revoked: true })
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
    const { records } = fixture.disk
    expect([records.accounts.size, records.keys.size, records.current]).toEqual([0, 0, null])
  })

  it('leaves the keys on the server, and another account’s values', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    const local = await openLocal(fixture.opened)
    const { value } = await newKey(fixture, local)
    await signOut(fixture.opened, account.id, true)
    expect(await elsewhere.fetchAll()).toMatchObject([{ id: key.id }])
    expect([...fixture.keychain.items.values()]).toContain(value)
    expect(fixture.opened.cache.accounts()).toEqual([local])
  })

  it('deletes the user of the vault on this computer too, so that the next one is new', async () => {
    const { fixture, account } = await localVault()
    await newKey(fixture, account)
    await signOut(fixture.opened, account.id, true)
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(fixture.service.calls).toContain('deleteUser')
    const next = await openLocal(fixture.opened)
    expect([next.id, next.userId]).not.toContain(account.id)
    expect(next.userId).not.toBe(account.userId)
  })

  it('keeps the account while the keychain is locked, so that it can be forgotten later', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('keychain-locked')
    expect([fixture.opened.cache.accounts(), listKeys(fixture.opened, account.id).keys]).toEqual([[account], [{ ...key, value: 'locked' }]])
    expect([...fixture.keychain.items.values()]).toContain(value)
    fixture.keychain.failure = null
    await signOut(fixture.opened, account.id, true)
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
  })

  // The account used to be removed, and its values stayed in the keychain, where nothing listed them any more.
  it('is refused without an index after a lost cache while the session is ended: the values are removed after the next sign-in', async () => {
    const { fixture, account, value } = await remoteVaultWithKey()
    fixture.disk.setAside()
    dropIndex(fixture)
    await fixture.restart()
    fixture.remote.endSessions()
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('session-ended')
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('signed-out')
    expect([fixture.opened.cache.accounts().map(({ id }) => id), [...fixture.keychain.items.values()].includes(value)]).toEqual([
      [account.id],
      true,
    ])
    await signIn(fixture.opened, server, byEmail)
    await signOut(fixture.opened, account.id, true)
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(fixture.opened.cache.accounts()).toEqual([])
  })

  it('is refused without an index while a creation is unsettled, because only the keychain may have its value', async () => {
    const { fixture, account } = await remoteVault()
    dropIndex(fixture)
    await fixture.restart()
    fixture.remote.after = brokenOff('create')
    fixture.remote.before = (call) => {
      if (call === 'create') fixture.remote.before = unreachable('fetchAll')
    }
    await codeRejected(createKey(fixture.opened, account.id, 'ci'))
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('server-unreachable')
    expect(fixture.opened.cache.accounts()).toHaveLength(1)
    fixture.remote.before = () => undefined
    fixture.remote.after = () => undefined
    expect(await signOut(fixture.opened, account.id, true)).toEqual({ revoked: true })
    expect(fixture.opened.cache.accounts()).toEqual([])
  })

  it('can be done after signing out without forgetting', async () => {
    const { fixture, account } = await remoteVault()
    await newKey(fixture, account)
    await signOut(fixture.opened, account.id, false)
    expect(await signOut(fixture.opened, account.id, true)).toEqual({ revoked: true })
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(fixture.opened.cache.accounts()).toEqual([])
  })
})
