import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { brokenOff } from '../../fakes/key-servers.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVault, localVaultWithKey, openVaultFixture, recordOf, remoteVault, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('releasing a value', () => {
  it.each(['copy', 'reveal'] as const)('returns it as a secret, and journals the release to %s', async (purpose) => {
    const { fixture, account, key, value } = await localVaultWithKey()
    const secret = await release(fixture.opened, account.id, key.id, { purpose })
    expect(secret).toBeInstanceOf(Secret)
    expect(secret.expose()).toBe(value)
    expect(fixture.opened.cache.releases(account.id)).toEqual([
      { accountId: account.id, keyId: key.id, purpose, requester: { kind: 'person' }, at: fixture.now },
    ])
  })

  it('works without the server', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const asked = fixture.service.calls.length
    await release(fixture.opened, account.id, key.id, { purpose: 'copy' })
    expect(fixture.service.calls.length).toBe(asked)
  })

  it('returns a sealed value without the keychain', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failure = 'locked'
    const key = await createKey(fixture.opened, account.id, 'ci')
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).lastFour()).toBe(key.lastFour)
    expect(fixture.opened.cache.releases(account.id)).toHaveLength(1)
  })

  it('returns nothing that could not be journaled', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.disk.full = true
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe('disk-full')
  })

  it('reports a value that was never here', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key } = await elsewhere.create('ci')
    await refreshKeys(fixture.opened, account.id)
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-elsewhere')
  })

  it('reports a value that was lost', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = brokenOff('create')
    await codeRejected(createKey(fixture.opened, account.id, 'ci'))
    const key = stateOf(fixture, account, 'ci')
    expect(await codeRejected(release(fixture.opened, account.id, key?.id ?? '', { purpose: 'copy' }))).toBe('value-lost')
  })

  it('notices a value that is missing from the keychain, and updates the list', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.keychain.items.delete(items.value(account.id, key.id))
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-missing')
    expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'missing' })
    expect(fixture.announced.at(-1)).toBe('keys')
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe('value-missing')
    expect(fixture.opened.cache.releases(account.id)).toEqual([])
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'reports nothing as missing while the keychain is %s',
    async (failure) => {
      const { fixture, account, key } = await localVaultWithKey()
      fixture.keychain.failure = failure
      expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe(`keychain-${failure}`)
      expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'locked' })
      expect(fixture.opened.cache.releases(account.id)).toEqual([])
    },
  )

  // A check of the value that waited behind its removal used to put the deleted key back into the list.
  it('does not bring back a key that was deleted meanwhile', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const gate = new Gate()
    fixture.keychain.failing = async (call, item) => {
      if (call === 'read' && item.startsWith('value/')) await gate.pass()
      return null
    }
    const releasing = codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))
    await gate.reached
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    gate.open()
    expect(await releasing).toBe('value-missing')
    expect(listKeys(fixture.opened, account.id).keys).toEqual([])
  })

  it('does not open a sealed value that was moved to another key’s record', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failure = 'locked'
    const [one, other] = [await createKey(fixture.opened, account.id, 'one'), await createKey(fixture.opened, account.id, 'other')]
    const [ours, theirs] = [recordOf(fixture, account, one.id), recordOf(fixture, account, other.id)]
    if (ours === undefined || theirs === undefined) throw new Error('no records')
    fixture.opened.cache.commit([{ op: 'put-key', key: { ...ours, sealed: theirs.sealed } }])
    expect(await codeRejected(release(fixture.opened, account.id, one.id, { purpose: 'copy' }))).toBe('profile-corrupt')
    expect(recordOf(fixture, account, one.id)?.sealed).toBe(theirs.sealed)
  })

  it('does not find another account’s key', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(await codeRejected(release(fixture.opened, 'another', key.id, { purpose: 'copy' }))).toBe('key-not-found')
    const empty = await openVaultFixture()
    expect(await codeRejected(release(empty.opened, account.id, key.id, { purpose: 'copy' }))).toBe('key-not-found')
  })
})
