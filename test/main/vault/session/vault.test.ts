import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { House, localHouse, newKey, openHouse, remoteHouse, stateOf } from '../fixtures/vault.ts'
import { codeRejected, codeThrown } from '../fixtures/refused.ts'

describe('opening the vault', () => {
  it('makes a root key at the first run, and a cache under it', async () => {
    const house = await openHouse()
    expect(house.vault.closed).toBe(null)
    expect([...house.keychain.items.keys()]).toEqual([items.root, items.canary])
    expect(house.check).toMatch(/^[0-9a-f]{16}$/)
    expect(house.disk.exists).toBe(true)
  })

  it('opens with the same root key from then on', async () => {
    const { house, account } = await localHouse()
    const kept = [...house.keychain.items]
    await house.restart()
    expect(house.vault.closed).toBe(null)
    expect(house.opened.cache.accounts()).toEqual([account])
    expect([...house.keychain.items]).toEqual(kept)
  })

  it('never touches the network', async () => {
    const { house, account } = await localHouse()
    await newKey(house, account)
    const asked = house.service.calls.length
    await house.restart()
    expect(listKeys(house.opened, account.id).keys).toHaveLength(1)
    expect(house.service.calls.length).toBe(asked)
  })

  it("lets the files of sign-ins that failed be removed, and no account's", async () => {
    const { house, account } = await localHouse()
    await house.restart()
    expect(house.servers.retained).toEqual([account.id])
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'says why it cannot while the keychain is %s, and opens once it can',
    async (failure) => {
      const { house, account } = await localHouse()
      house.keychain.failure = failure
      await house.restart()
      expect(house.vault.closed).toBe(`keychain-${failure}`)
      expect(codeThrown(() => house.opened)).toBe(`keychain-${failure}`)
      house.keychain.failure = null
      await house.vault.open()
      expect(house.vault.closed).toBe(null)
      expect(house.opened.cache.accounts()).toEqual([account])
    },
  )

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'writes nothing on a first run while the keychain is %s',
    async (failure) => {
      const house = new House()
      house.keychain.failing = (call) => (call === 'write' ? failure : null)
      await house.vault.open()
      expect(house.vault.closed).toBe(`keychain-${failure}`)
      expect([house.disk.exists, house.keychain.items.size]).toEqual([false, 0])
    },
  )

  it('makes no cache under a root key that the keychain did not keep', async () => {
    const house = new House()
    house.keychain.forgetful = true
    await house.vault.open()
    expect([house.vault.closed, house.disk.exists]).toEqual(['keychain-mismatch', false])
  })

  it('says why when its surroundings refuse, at each opening anew', async () => {
    const house = new House()
    const openCache = (): never => {
      throw new Refusal('disk-full')
    }
    house.vault = house.newVault({ openCache })
    await house.vault.open()
    expect(house.vault.closed).toBe('disk-full')
    await house.restart()
    expect(house.vault.closed).toBe(null)
  })

  it('is closed by a fault of its own too, which is told and not hidden', async () => {
    const house = new House()
    house.vault = house.newVault({
      openCache: () => {
        throw new TypeError('a fault')
      },
    })
    await expect(house.vault.open()).rejects.toThrow('a fault')
    expect(house.vault.closed).toBe('internal')
  })

  // Two openings at once of a first run once made two root keys: the cache was under one, the keychain kept the other.
  it('happens once when it is asked for twice at once', async () => {
    const house = new House()
    await Promise.all([house.vault.open(), house.vault.open()])
    expect(house.keychain.calls.filter((call) => call === `write ${items.root}`)).toHaveLength(1)
    await house.restart()
    expect(house.vault.closed).toBe(null)
  })

  it('does nothing when it is open', async () => {
    const house = await openHouse()
    const { opened } = house
    await house.vault.open()
    expect(house.opened).toBe(opened)
  })
})

describe('resuming after a start', () => {
  it('moves sealed values to the keychain, finds missing ones, and brings each list up to date', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key: missing } = await newKey(house, account, 'missing')
    house.keychain.failure = 'locked'
    await createKey(house.opened, account.id, 'sealed')
    house.keychain.failure = null
    await elsewhere.create('theirs')
    house.keychain.items.delete(items.value(account.id, missing.id))
    await house.restart()
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys.map(({ name, value }) => [name, value])).toEqual([
      ['missing', 'missing'],
      ['sealed', 'here'],
      ['theirs', 'elsewhere'],
    ])
  })

  it('settles what it can while the server cannot be reached, and says the trouble', async () => {
    const { house, account } = await localHouse()
    house.keychain.failure = 'locked'
    await createKey(house.opened, account.id, 'ci')
    house.keychain.failure = null
    house.service.before = unreachable()
    await house.restart()
    await house.vault.resume()
    expect(stateOf(house, account, 'ci')?.value).toBe('here')
    expect(listKeys(house.opened, account.id).trouble?.code).toBe('server-unreachable')
  })

  it('goes on with other accounts when the server of one cannot be reached', async () => {
    const { house, account } = await remoteHouse()
    const local = await openLocal(house.opened)
    house.remote.before = unreachable()
    await house.restart()
    await house.vault.resume()
    expect(listKeys(house.opened, account.id)).toMatchObject({ trouble: { code: 'server-unreachable' }, syncedAt: null })
    expect(listKeys(house.opened, local.id)).toMatchObject({ trouble: null, syncedAt: house.now })
  })

  it('is refused while the vault is closed', async () => {
    const house = new House()
    expect(await codeRejected(house.vault.resume())).toBe('locked')
  })
})
