import { describe, expect, it, vi } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVault, localVaultWithKey, VaultFixture } from '../fixtures/vault.ts'
import { codeRejected, codeThrown } from '../fixtures/refused.ts'

describe('locking the vault', () => {
  it('refuses everything as locked, also through references to the unlocked vault', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const { opened } = fixture
    fixture.vault.lock()
    expect([fixture.vault.closed, codeThrown(() => fixture.opened)]).toEqual(['locked', 'locked'])
    expect(codeThrown(() => listKeys(opened, account.id))).toBe('locked')
    expect(await codeRejected(release(opened, account.id, key.id, { purpose: 'copy' }))).toBe('locked')
    expect(await codeRejected(refreshKeys(opened, account.id))).toBe('locked')
    expect(await codeRejected(createKey(opened, account.id, 'next'))).toBe('locked')
    expect(codeThrown(() => opened.root.cacheKey())).toBe('locked')
  })

  it('releases no value whose read from the keychain ends after it', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const gate = new Gate()
    fixture.keychain.failing = async () => {
      await gate.pass()
      return null
    }
    const releasing = codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))
    await gate.reached
    fixture.vault.lock()
    gate.open()
    expect(await releasing).toBe('locked')
  })

  it('loses nothing: everything is there after it is opened again', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.vault.lock()
    await fixture.vault.open()
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('may be done twice, and before the vault was open', async () => {
    const fixture = new VaultFixture()
    fixture.vault.lock()
    fixture.vault.lock()
    expect(fixture.vault.closed).toBe('locked')
    await fixture.vault.open()
    expect(fixture.vault.closed).toBe(null)
  })

  // The screen locked while the system prompted for the keyring's password, and the answer used to open the vault behind it.
  it('cancels an opening in progress', async () => {
    const { fixture } = await localVault()
    fixture.vault.lock()
    const gate = new Gate()
    fixture.keychain.failing = async () => {
      await gate.pass()
      return null
    }
    const opening = fixture.vault.open()
    await gate.reached
    fixture.vault.lock()
    gate.open()
    await opening
    expect(fixture.vault.closed).toBe('locked')
    await fixture.vault.open()
    expect(fixture.vault.closed).toBe(null)
  })

  it.each(['commit', 'close'] as const)(
    'wipes the keys and forgets the sessions even if the cache fails to %s, and opens again',
    async (call) => {
      const { fixture } = await localVault()
      const { opened, vault } = fixture
      const broken = new Error('a fault of the cache')
      const fail = vi.spyOn(opened.cache, call).mockImplementation(() => {
        throw broken
      })
      const forget = vi.spyOn(opened.servers, 'forget')
      const closed = vault.lock()
      expect(codeThrown(() => opened.root.cacheKey())).toBe('locked') // at once, before anything is awaited
      await expect(closed).rejects.toBe(broken)
      expect(forget).toHaveBeenCalledOnce()
      fail.mockRestore()
      await vault.open()
      expect(vault.closed).toBe(null)
      await vault.lock()
    },
  )
})
