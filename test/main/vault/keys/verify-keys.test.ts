import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { sealedRecord } from '../../../../main/vault/keys/persist-new-key.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { flushSealedValue } from '../../../../main/vault/keys/flush-sealed-values.ts'
import { verifyKeys, verifyKey } from '../../../../main/vault/keys/verify-keys.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { newKey, remoteVault, remoteVaultWithKey, server, stateOf, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import type { Account } from '../../../../main/vault/model/account.ts'

/** Stores a value that was never this key's, as an earlier version may have. */
async function keepInstead(fixture: VaultFixture, account: Account, name: string, value: Secret): Promise<void> {
  const record = fixture.opened.cache.keys(account.id).find((key) => key.name === name)
  if (record === undefined) throw new Error('no such key')
  await flushSealedValue(fixture.opened, sealedRecord(fixture.opened, account.id, record, value))
}

describe('verifying a key', () => {
  it('logs in with its value and records that it works, and when', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    expect(await verifyKey(fixture.opened, account.id, key.id)).toEqual({ ...key, verified: { verdict: 'works', at: fixture.now } })
    await fixture.restart()
    expect(stateOf(fixture, account, 'ci')?.verified).toEqual({ verdict: 'works', at: fixture.now })
    expect(fixture.opened.cache.releases(account.id)).toMatchObject([{ keyId: key.id, purpose: 'verify' }])
  })

  it('works with a value that the keychain has not taken yet', async () => {
    const { fixture, account } = await remoteVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'denied' : null)
    const { id } = await createKey(fixture.opened, account.id, 'ci')
    expect(await verifyKey(fixture.opened, account.id, id)).toMatchObject({ value: 'sealed', verified: { verdict: 'works' } })
  })

  it('reports a disabled key, also if it was disabled elsewhere', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.disable(key.id)
    expect(await verifyKey(fixture.opened, account.id, key.id)).toMatchObject({ enabled: false, verified: { verdict: 'disabled' } })
  })

  it('reports a deleted key, and moves its value to the trash', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    expect(await verifyKey(fixture.opened, account.id, key.id)).toBe(null)
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], trash: [{ id: key.id }] })
  })

  it('reports a wrong value: an unknown one, and another key’s', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await keepInstead(fixture, account, 'ci', new Secret('nonsense'))
    expect((await verifyKey(fixture.opened, account.id, key.id))?.verified?.verdict).toBe('wrong')
    await keepInstead(fixture, account, 'ci', (await elsewhere.create('second')).value)
    await refreshKeys(fixture.opened, account.id)
    expect((await verifyKey(fixture.opened, account.id, key.id))?.verified?.verdict).toBe('wrong')
  })

  it('reports a value of another account', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    fixture.remote.register('eve@example.test', new Secret('another password'))
    const eve = fixture.servers.of({ id: 'eve', server })
    await eve.signIn({ method: 'email', email: 'eve@example.test', password: new Secret('another password') })
    await keepInstead(fixture, account, 'ci', (await eve.create('hers')).value)
    expect((await verifyKey(fixture.opened, account.id, key.id))?.verified?.verdict).toBe('other-account')
  })

  it.each(['tryValue', 'fetchAll'] as const)('never rejects a key because the network failed, at %s', async (call) => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    if (call === 'fetchAll') await elsewhere.disable(key.id)
    fixture.remote.before = unreachable(call)
    expect(await codeRejected(verifyKey(fixture.opened, account.id, key.id))).toBe('server-unreachable')
    expect(stateOf(fixture, account, 'ci')).toEqual(key)
  })

  it('reports why a value cannot be read, without a request', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(verifyKey(fixture.opened, account.id, key.id))).toBe('keychain-locked')
    fixture.keychain.failure = null
    fixture.keychain.items.delete(items.value(account.id, key.id))
    expect(await codeRejected(verifyKey(fixture.opened, account.id, key.id))).toBe('value-missing')
    const { key: phantom } = await elsewhere.create('theirs')
    await refreshKeys(fixture.opened, account.id)
    expect(await codeRejected(verifyKey(fixture.opened, account.id, phantom.id))).toBe('value-elsewhere')
    expect(fixture.remote.calls).not.toContain('tryValue')
  })
})

describe('verifying every key', () => {
  async function three() {
    const found = await remoteVault()
    for (const name of ['one', 'two', 'three']) await newKey(found.fixture, found.account, name)
    await found.elsewhere.create('phantom')
    await refreshKeys(found.fixture.opened, found.account.id)
    return found
  }
  const verdicts = (fixture: VaultFixture, account: Account) =>
    listKeys(fixture.opened, account.id).keys.map(({ verified }) => verified?.verdict ?? null)

  it('verifies those whose value is here, and reports the progress', async () => {
    const { fixture, account } = await three()
    const told: number[][] = []
    await verifyKeys(
      fixture.opened,
      account.id,
      (done, total) => told.push([done, total]),
      () => false,
    )
    expect(told).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    expect(verdicts(fixture, account)).toEqual(['works', 'works', 'works', null])
  })

  it('stops on request, and keeps the results so far', async () => {
    const { fixture, account } = await three()
    let asked = 0
    await verifyKeys(
      fixture.opened,
      account.id,
      () => undefined,
      () => (asked += 1) > 2,
    )
    expect(verdicts(fixture, account)).toEqual(['works', 'works', null, null])
  })

  it('continues after a disabled key, and after one that was deleted meanwhile', async () => {
    const { fixture, account, elsewhere } = await three()
    const [one, two] = listKeys(fixture.opened, account.id).keys
    await disableKey(fixture.opened, account.id, one?.id ?? '')
    await elsewhere.delete(two?.id ?? '')
    await verifyKeys(
      fixture.opened,
      account.id,
      () => undefined,
      () => false,
    )
    expect(verdicts(fixture, account)).toEqual(['disabled', 'works', null])
  })

  it('stops with the reason if the server is unreachable', async () => {
    const { fixture, account } = await three()
    fixture.remote.before = unreachable('tryValue')
    expect(
      await codeRejected(
        verifyKeys(
          fixture.opened,
          account.id,
          () => undefined,
          () => false,
        ),
      ),
    ).toBe('server-unreachable')
    expect(verdicts(fixture, account)).toEqual([null, null, null, null])
  })
})
