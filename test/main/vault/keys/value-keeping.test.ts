import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { localVault, recordOf, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a value that the keychain does not take', () => {
  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'stays sealed while the keychain is %s, can be used, and is stored there later',
    async (failure) => {
      const { fixture, account } = await localVault()
      fixture.keychain.failure = failure
      const key = await createKey(fixture.opened, account.id, 'ci')
      expect(key).toMatchObject({ value: 'sealed', lastFour: expect.stringMatching(/^.{4}$/) })
      const value = (await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()
      expect(value.slice(-4)).toBe(key.lastFour)
      expect(JSON.stringify([...fixture.disk.records.keys.values()])).not.toContain(value)
      fixture.keychain.failure = null
      await fixture.vault.resume()
      expect(recordOf(fixture, account, key.id)).toMatchObject({ value: 'here', sealed: null })
      expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    },
  )

  it('stays sealed if the keychain falsely reports that it took it', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.forgetful = true
    expect(await createKey(fixture.opened, account.id, 'ci')).toMatchObject({ value: 'sealed' })
    fixture.keychain.forgetful = false
    await refreshKeys(fixture.opened, account.id)
    expect(stateOf(fixture, account, 'ci')?.value).toBe('here')
  })

  it('stays sealed if it is too large for the keychain, and can be used', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.limit = 40
    const key = await createKey(fixture.opened, account.id, 'ci')
    expect(key.value).toBe('sealed')
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toMatch(/^.{64}$/)
  })
})

describe('values that a locked keychain does not take', () => {
  // Each try may prompt: five keys used to be five prompts at each sync.
  it('are tried one at a time, and all of them once it is unlocked', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'locked' : null)
    for (const name of ['one', 'two', 'three']) await createKey(fixture.opened, account.id, name)
    const writes = () => fixture.keychain.calls.filter((call) => call.startsWith('write value/')).length
    const before = writes()
    await refreshKeys(fixture.opened, account.id)
    expect(writes() - before).toBe(1)
    fixture.keychain.failing = () => null
    expect((await refreshKeys(fixture.opened, account.id)).keys.map(({ value }) => value)).toEqual(['here', 'here', 'here'])
  })
})

describe('a value that the disk does not take', () => {
  it('is not requested if the disk is already full', async () => {
    const { fixture, account } = await localVault()
    fixture.disk.full = true
    const asked = fixture.service.calls.length
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('disk-full')
    expect(fixture.service.calls.length).toBe(asked)
  })

  it('is stored in the keychain if the disk fills up meanwhile, and found there by the next list', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = () => void (fixture.disk.full = true)
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('disk-full')
    fixture.service.after = () => undefined
    fixture.disk.full = false
    const listing = await refreshKeys(fixture.opened, account.id)
    expect(listing).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
    expect((await release(fixture.opened, account.id, listing.keys[0]?.id ?? '', { purpose: 'copy' })).lastFour()).toBe(
      listing.keys[0]?.lastFour,
    )
  })

  it('leads to the deletion of its key if the keychain does not take it either', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = (call) => {
      if (call === 'create') [fixture.disk.full, fixture.keychain.failure] = [true, 'locked']
    }
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('disk-full')
    expect(fixture.service.calls.at(-1)).toBe('delete')
    fixture.disk.full = false
    fixture.keychain.failure = null
    fixture.now += 60_000
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
  })

  // If the vault was locked between the server's answer and the seal, the value used to be lost, because the sealing key is wiped.
  it('is stored if the vault is locked while the server answers, even if the keychain locks too', async () => {
    const { fixture, account } = await localVault()
    let closed: Promise<void> = Promise.resolve()
    fixture.service.after = (call) => {
      if (call !== 'create') return
      closed = fixture.vault.lock().then(() => void (fixture.keychain.failure = 'locked'))
    }
    await createKey(fixture.opened, account.id, 'ci')
    expect(fixture.vault.closed).toBe('locked')
    await closed
    fixture.service.after = () => undefined
    fixture.keychain.failure = null
    await fixture.vault.open()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
  })
})
