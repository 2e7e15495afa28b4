import { describe, expect, it } from 'vitest'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localVault, localVaultWithKey, newKey, openVaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('the vault on this computer', () => {
  it('is an account that needs no typed credentials, and current at once', async () => {
    const { fixture, account } = await localVault()
    expect(account).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f]{16}$/), server: null, method: 'local', email: null, signedIn: true },
      ...{ userId: expect.stringMatching(/^[0-9a-f]{24}$/), syncedAt: null, trouble: null },
    })
    expect([fixture.opened.cache.accounts(), fixture.opened.cache.current()]).toEqual([[account], account.id])
    expect(fixture.announced).toEqual(['accounts'])
  })

  it('stores its password in the keychain only', async () => {
    const { fixture } = await localVault()
    const password = fixture.keychain.items.get(items.local)?.split(' ')[2] ?? ''
    expect(Buffer.from(password, 'base64url').length).toBe(32)
    expect(JSON.stringify([fixture.disk.records, [...fixture.disk.records.accounts]])).not.toContain(password)
  })

  it('exists once, however often it is opened', async () => {
    const { fixture, account } = await localVault()
    expect(await openLocal(fixture.opened)).toEqual(account)
    await fixture.restart()
    expect(await openLocal(fixture.opened)).toEqual(account)
    expect(fixture.opened.cache.accounts()).toEqual([account])
    expect(fixture.service.calls.filter((call) => call === 'register')).toHaveLength(1)
  })

  // A double click used to create two accounts, and to overwrite the first one's password by the second one's.
  it('is created once if it is requested twice at once', async () => {
    const fixture = await openVaultFixture()
    const [one, other] = await Promise.all([openLocal(fixture.opened), openLocal(fixture.opened)])
    expect(one).toEqual(other)
    expect(fixture.opened.cache.accounts()).toEqual([one])
  })

  it('is found again with its keys and values after the cache was lost', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.vault.lock()
    fixture.disk.erase()
    for (const item of [items.accounts, items.account(account.id)]) fixture.keychain.items.delete(item)
    await fixture.restart()
    expect(fixture.opened.cache.accounts()).toEqual([])
    const again = await openLocal(fixture.opened)
    expect(again).toEqual(account)
    expect((await refreshKeys(fixture.opened, again.id)).keys).toEqual([key])
    expect((await release(fixture.opened, again.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('registers again after the backend lost its data, and keeps the values of the lost keys', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.servers.loseEmbedded()
    const again = await openLocal(fixture.opened)
    expect(again).toMatchObject({ id: account.id, signedIn: true })
    expect((await refreshKeys(fixture.opened, again.id)).keys).toEqual([])
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect((await newKey(fixture, again, 'ci')).key.value).toBe('here')
  })

  // A lost sign-in used to be replaced by a second account; forgetting the first then removed the second one's sign-in, and its keys.
  it('gets a new sign-in if its own was lost, and keeps its id and its values', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.keychain.items.delete(items.local)
    const again = await openLocal(fixture.opened)
    expect(fixture.opened.cache.accounts()).toEqual([again])
    expect(again.id).toBe(account.id)
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('neither signs in with another account’s password nor removes it', async () => {
    const { fixture, account } = await localVault()
    const theirs = `${'0'.repeat(16)} vault-0@latchkey.invalid password`
    fixture.keychain.items.set(items.local, theirs)
    fixture.service.endSessions()
    await refreshKeys(fixture.opened, account.id)
    expect(listKeys(fixture.opened, account.id).trouble?.code).toBe('keychain-absent')
    await signOut(fixture.opened, account.id, true).catch(() => undefined) // its session has ended
    expect(fixture.keychain.items.get(items.local)).toBe(theirs)
  })

  it('signs in again after it was signed out, as the same account with the same keys', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(await signOut(fixture.opened, account.id, false)).toEqual({ revoked: true })
    expect(await openLocal(fixture.opened)).toEqual(account)
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
  })

  it('is not registered while the keychain does not store its password', async () => {
    const fixture = await openVaultFixture()
    for (const failure of ['locked', 'unavailable', 'denied', 'timeout'] as const) {
      fixture.keychain.failure = failure
      expect(await codeRejected(openLocal(fixture.opened))).toBe(`keychain-${failure}`)
    }
    fixture.keychain.failure = null
    fixture.keychain.forgetful = true
    expect(await codeRejected(openLocal(fixture.opened))).toBe('keychain-mismatch')
    expect([fixture.service.calls, fixture.opened.cache.accounts()]).toEqual([[], []])
  })

  it('is completed by the next try after an interruption', async () => {
    const fixture = await openVaultFixture()
    fixture.service.before = unreachable('register')
    expect(await codeRejected(openLocal(fixture.opened))).toBe('server-unreachable')
    expect(fixture.opened.cache.accounts()).toEqual([])
    fixture.service.before = () => undefined
    expect(fixture.keychain.items.get(items.local)).toContain((await openLocal(fixture.opened)).id)
  })

  it.each(['', 'x', 'a b c', `${'0'.repeat(16)} mail`, `${'0'.repeat(16)} mail password more`, `../../../etc/pass mail password`])(
    'neither uses nor overwrites a keychain item that it did not write: %j',
    async (text) => {
      const fixture = await openVaultFixture()
      fixture.keychain.items.set(items.local, text)
      expect(await codeRejected(openLocal(fixture.opened))).toBe('keychain-mismatch')
      expect(fixture.keychain.items.get(items.local)).toBe(text)
    },
  )
})
