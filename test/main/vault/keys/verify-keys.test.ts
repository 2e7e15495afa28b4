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
import { type House, newKey, remoteHouse, server, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import type { Account } from '../../../../main/vault/model/account.ts'

/** As a vault of yesterday may have kept it: a value that was never this key's. */
async function keepInstead(house: House, account: Account, name: string, value: Secret): Promise<void> {
  const record = house.opened.cache.keys(account.id).find((key) => key.name === name)
  if (record === undefined) throw new Error('no such key')
  await flushSealedValue(house.opened, sealedRecord(house.opened, account.id, record, value))
}

describe('verifying a key', () => {
  it('logs in with its value and says that it works, and when', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    expect(await verifyKey(house.opened, account.id, key.id)).toEqual({ ...key, verified: { verdict: 'works', at: house.now } })
    await house.restart()
    expect(stateOf(house, account, 'ci')?.verified).toEqual({ verdict: 'works', at: house.now })
    expect(house.opened.cache.releases(account.id)).toMatchObject([{ keyId: key.id, purpose: 'verify' }])
  })

  it('verifies a value that the keychain has not taken yet', async () => {
    const { house, account } = await remoteHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'denied' : null)
    const { id } = await createKey(house.opened, account.id, 'ci')
    expect(await verifyKey(house.opened, account.id, id)).toMatchObject({ value: 'sealed', verified: { verdict: 'works' } })
  })

  it('finds it disabled, also when that was done elsewhere', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.disable(key.id)
    expect(await verifyKey(house.opened, account.id, key.id)).toMatchObject({ enabled: false, verified: { verdict: 'disabled' } })
  })

  it('finds it deleted: its value goes to the trash', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.delete(key.id)
    expect(await verifyKey(house.opened, account.id, key.id)).toBe(null)
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [], trash: [{ id: key.id }] })
  })

  it("finds a wrong value: one that opens nothing, and another key's", async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await keepInstead(house, account, 'ci', new Secret('nonsense'))
    expect((await verifyKey(house.opened, account.id, key.id))?.verified?.verdict).toBe('wrong')
    await keepInstead(house, account, 'ci', (await elsewhere.create('second')).value)
    await refreshKeys(house.opened, account.id)
    expect((await verifyKey(house.opened, account.id, key.id))?.verified?.verdict).toBe('wrong')
  })

  it('finds a value of another account', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    house.remote.register('eve@example.test', new Secret('another password'))
    const eve = house.servers.of({ id: 'eve', server })
    await eve.signIn({ method: 'email', email: 'eve@example.test', password: new Secret('another password') })
    await keepInstead(house, account, 'ci', (await eve.create('hers')).value)
    expect((await verifyKey(house.opened, account.id, key.id))?.verified?.verdict).toBe('other-account')
  })

  it.each(['tryValue', 'fetchAll'] as const)('never calls a key bad because the network failed, at %s', async (call) => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    if (call === 'fetchAll') await elsewhere.disable(key.id)
    house.remote.before = unreachable(call)
    expect(await codeRejected(verifyKey(house.opened, account.id, key.id))).toBe('server-unreachable')
    expect(stateOf(house, account, 'ci')).toEqual(key)
  })

  it('says what is the matter with a value that cannot be had, and asks nobody', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    house.keychain.failure = 'locked'
    expect(await codeRejected(verifyKey(house.opened, account.id, key.id))).toBe('keychain-locked')
    house.keychain.failure = null
    house.keychain.items.delete(items.value(account.id, key.id))
    expect(await codeRejected(verifyKey(house.opened, account.id, key.id))).toBe('value-missing')
    const { key: phantom } = await elsewhere.create('theirs')
    await refreshKeys(house.opened, account.id)
    expect(await codeRejected(verifyKey(house.opened, account.id, phantom.id))).toBe('value-elsewhere')
    expect(house.remote.calls).not.toContain('tryValue')
  })
})

describe('verifying every key', () => {
  async function three() {
    const found = await remoteHouse()
    for (const name of ['one', 'two', 'three']) await newKey(found.house, found.account, name)
    await found.elsewhere.create('phantom')
    await refreshKeys(found.house.opened, found.account.id)
    return found
  }
  const verdicts = (house: House, account: Account) =>
    listKeys(house.opened, account.id).keys.map(({ verified }) => verified?.verdict ?? null)

  it('goes through those whose value is here, and tells how far it is', async () => {
    const { house, account } = await three()
    const told: number[][] = []
    await verifyKeys(
      house.opened,
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
    expect(verdicts(house, account)).toEqual(['works', 'works', 'works', null])
  })

  it('ends when it is stopped, and keeps what it found', async () => {
    const { house, account } = await three()
    let asked = 0
    await verifyKeys(
      house.opened,
      account.id,
      () => undefined,
      () => (asked += 1) > 2,
    )
    expect(verdicts(house, account)).toEqual(['works', 'works', null, null])
  })

  it('goes on past a key that is disabled, and past one that was deleted meanwhile', async () => {
    const { house, account, elsewhere } = await three()
    const [one, two] = listKeys(house.opened, account.id).keys
    await disableKey(house.opened, account.id, one?.id ?? '')
    await elsewhere.delete(two?.id ?? '')
    await verifyKeys(
      house.opened,
      account.id,
      () => undefined,
      () => false,
    )
    expect(verdicts(house, account)).toEqual(['disabled', 'works', null])
  })

  it('stops with the reason when the server cannot be asked', async () => {
    const { house, account } = await three()
    house.remote.before = unreachable('tryValue')
    expect(
      await codeRejected(
        verifyKeys(
          house.opened,
          account.id,
          () => undefined,
          () => false,
        ),
      ),
    ).toBe('server-unreachable')
    expect(verdicts(house, account)).toEqual([null, null, null, null])
  })
})
