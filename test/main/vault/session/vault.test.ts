import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { VaultFixture, localVault, newKey, openVaultFixture, remoteVault, stateOf } from '../fixtures/vault.ts'
import { codeRejected, codeThrown } from '../fixtures/refused.ts'

describe('opening the vault', () => {
  it('creates a root key on the first run, and a cache under it', async () => {
    const fixture = await openVaultFixture()
    expect(fixture.vault.closed).toBe(null)
    expect([...fixture.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(fixture.check).toMatch(/^[0-9a-f]{16}$/)
    expect(fixture.disk.exists).toBe(true)
  })

  it('uses the same root key from then on', async () => {
    const { fixture, account } = await localVault()
    const kept = [...fixture.keychain.items]
    await fixture.restart()
    expect(fixture.vault.closed).toBe(null)
    expect(fixture.opened.cache.accounts()).toEqual([account])
    expect([...fixture.keychain.items]).toEqual(kept)
  })

  it('never uses the network', async () => {
    const { fixture, account } = await localVault()
    await newKey(fixture, account)
    const asked = fixture.service.calls.length
    await fixture.restart()
    expect(listKeys(fixture.opened, account.id).keys).toHaveLength(1)
    expect(fixture.service.calls.length).toBe(asked)
  })

  it('removes the files of failed sign-ins, and no account’s', async () => {
    const { fixture, account } = await localVault()
    await fixture.restart()
    expect(fixture.servers.retained).toEqual([account.id])
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'reports why it fails while the keychain is %s, and succeeds afterwards',
    async (failure) => {
      const { fixture, account } = await localVault()
      fixture.keychain.failure = failure
      await fixture.restart()
      expect(fixture.vault.closed).toBe(`keychain-${failure}`)
      expect(codeThrown(() => fixture.opened)).toBe(`keychain-${failure}`)
      fixture.keychain.failure = null
      await fixture.vault.open()
      expect(fixture.vault.closed).toBe(null)
      expect(fixture.opened.cache.accounts()).toEqual([account])
    },
  )

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'writes nothing on a first run while the keychain is %s',
    async (failure) => {
      const fixture = new VaultFixture()
      fixture.keychain.failing = (call) => (call === 'write' ? failure : null)
      await fixture.vault.open()
      expect(fixture.vault.closed).toBe(`keychain-${failure}`)
      expect([fixture.disk.exists, fixture.keychain.items.size]).toEqual([false, 0])
    },
  )

  it('creates no cache under a root key that the keychain did not store', async () => {
    const fixture = new VaultFixture()
    fixture.keychain.forgetful = true
    await fixture.vault.open()
    expect([fixture.vault.closed, fixture.disk.exists]).toEqual(['keychain-mismatch', false])
  })

  it('reports a refusal of its adapters, at each opening again', async () => {
    const fixture = new VaultFixture()
    const openCache = (): never => {
      throw new Refusal('disk-full')
    }
    await fixture.restart({ openCache })
    expect(fixture.vault.closed).toBe('disk-full')
    await fixture.restart()
    expect(fixture.vault.closed).toBe(null)
  })

  it('leaves the vault closed after an internal error, which is thrown', async () => {
    const fixture = new VaultFixture()
    fixture.vault = fixture.newVault({
      openCache: () => {
        throw new TypeError('a fault')
      },
    })
    await expect(fixture.vault.open()).rejects.toThrow('a fault')
    expect(fixture.vault.closed).toBe('internal')
  })

  // Two concurrent openings of a first run used to create two root keys: the cache was under one, and the keychain had the other.
  it('happens once if it is requested twice at once', async () => {
    const fixture = new VaultFixture()
    await Promise.all([fixture.vault.open(), fixture.vault.open()])
    expect(fixture.keychain.calls.filter((call) => call === `write ${items.root}`)).toHaveLength(1)
    await fixture.restart()
    expect(fixture.vault.closed).toBe(null)
  })

  it('does nothing if the vault is open', async () => {
    const fixture = await openVaultFixture()
    const { opened } = fixture
    await fixture.vault.open()
    expect(fixture.opened).toBe(opened)
  })
})

describe('resuming after a start', () => {
  it('moves sealed values to the keychain, finds missing ones, and syncs each list', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key: missing } = await newKey(fixture, account, 'missing')
    fixture.keychain.failure = 'locked'
    await createKey(fixture.opened, account.id, 'sealed')
    fixture.keychain.failure = null
    await elsewhere.create('theirs')
    fixture.keychain.items.delete(items.value(account.id, missing.id))
    await fixture.restartAndResume()
    expect(listKeys(fixture.opened, account.id).keys.map(({ name, value }) => [name, value])).toEqual([
      ['missing', 'missing'],
      ['sealed', 'here'],
      ['theirs', 'elsewhere'],
    ])
  })

  it('does what it can while the server is unreachable, and reports the trouble', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failure = 'locked'
    await createKey(fixture.opened, account.id, 'ci')
    fixture.keychain.failure = null
    fixture.service.before = unreachable()
    await fixture.restartAndResume()
    expect(stateOf(fixture, account, 'ci')?.value).toBe('here')
    expect(listKeys(fixture.opened, account.id).trouble?.code).toBe('server-unreachable')
  })

  it('continues with other accounts if the server of one is unreachable', async () => {
    const { fixture, account } = await remoteVault()
    const local = await openLocal(fixture.opened)
    fixture.remote.before = unreachable()
    await fixture.restartAndResume()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ trouble: { code: 'server-unreachable' }, syncedAt: null })
    expect(listKeys(fixture.opened, local.id)).toMatchObject({ trouble: null, syncedAt: fixture.now })
  })

  it('is refused while the vault is closed', async () => {
    const fixture = new VaultFixture()
    expect(await codeRejected(fixture.vault.resume())).toBe('locked')
  })
})
