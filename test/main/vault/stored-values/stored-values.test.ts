import { describe, expect, it, vi } from 'vitest'
import { signOut, switchAccount } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { itemsOf } from '../../../../main/vault/keychain/migrate-items.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { verifyKey } from '../../../../main/vault/keys/verify-keys.ts'
import { type House, localHouse, openHouse } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const values = (...names: string[]) => names.map((name) => ({ name, value: new Secret(`value-of-${name}-0123456789`) }))

async function storedHouse(...names: string[]) {
  const { house, account: local } = await localHouse()
  const account = await storeValues(house.opened, values(...names))
  return { house, local, account, list: () => listKeys(house.opened, account.id).keys }
}

async function revealed(house: House, accountId: string, name: string): Promise<string> {
  const key = listKeys(house.opened, accountId).keys.find((one) => one.name === name)
  return (await release(house.opened, accountId, key?.id ?? '', { purpose: 'reveal' })).expose()
}

describe('values that came from elsewhere', () => {
  it('are in an account of their own, which is no server’s, and leave the current one current', async () => {
    const { house, local, account, list } = await storedHouse('STRIPE_KEY', 'GITHUB_TOKEN')
    expect(account).toMatchObject({ server: null, method: 'values', email: null, signedIn: true })
    expect(house.opened.cache.current()).toBe(local.id)
    expect(list().map(({ name, value, verified, enabled }) => [name, value, verified, enabled])).toEqual([
      ['STRIPE_KEY', 'here', null, true],
      ['GITHUB_TOKEN', 'here', null, true],
    ])
    expect(await revealed(house, account.id, 'STRIPE_KEY')).toBe('value-of-STRIPE_KEY-0123456789')
  })

  it('come to the same account the next time, at the time they came', async () => {
    const { house, account, list } = await storedHouse('one')
    house.now += 5000
    expect(await storeValues(house.opened, values('two'))).toEqual(account)
    expect(list().map(({ name, createdAt }) => [name, createdAt])).toEqual([
      ['one', house.now - 5000],
      ['two', house.now],
    ])
  })

  it('are stored all or none', async () => {
    const { house, list } = await storedHouse('one')
    expect(await codeRejected(storeValues(house.opened, values('two', 'ONE')))).toBe('name-taken')
    expect(await codeRejected(storeValues(house.opened, values(...Array.from({ length: 1000 }, (_, at) => `k${at}`))))).toBe('stored-limit')
    house.keychain.failure = 'locked'
    expect(await codeRejected(storeValues(house.opened, values('two')))).toBe('keychain-locked')
    expect(list()).toHaveLength(1)
  })

  // The account was in the keychain before it was in the cache: killed in between, its entry stayed there, and no list had it.
  it('leave nothing unlisted in the keychain when the process is killed before they are on disk', async () => {
    const { house } = await localHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('stored/') ? new Promise(() => undefined) : null)
    void storeValues(house.opened, values('one'))
    await vi.waitFor(() => expect(house.keychain.calls.at(-1)).toMatch(/^write stored\//))
    house.keychain.failing = () => null
    await house.restart()
    await house.vault.resume()
    const listed = new Set(itemsOf(house.opened))
    expect([...house.keychain.items.keys()].filter((item) => !listed.has(item))).toEqual([])
    const [stored] = house.opened.cache.accounts().filter(({ method }) => method === 'values')
    await signOut(house.opened, stored?.id ?? '', true)
    expect([...house.keychain.items.keys()].filter((item) => item.includes(stored?.id ?? '-'))).toEqual([])
  })

  describe('whose storing is stopped', () => {
    const stopAfter = async (house: House, most: number, ...names: string[]): Promise<string> => {
      const stop = new AbortController()
      const progress = (done: number): void => void (done === most && stop.abort())
      return storeValues(house.opened, values(...names), progress, stop.signal).then(
        () => 'stored',
        (error: unknown) => (error === stop.signal.reason ? 'stopped' : String(error)),
      )
    }

    it('are taken back, and leave what was there before', async () => {
      const { house, account, list } = await storedHouse('one')
      const before = [list(), [...house.keychain.items.keys()]]
      const asked = house.keychain.calls.length
      expect(await stopAfter(house, 2, 'two', 'three', 'four')).toBe('stopped')
      expect(house.keychain.calls.slice(asked).filter((call) => /^remove.*value\//.test(call))).toHaveLength(2) // what it was given
      expect([list(), [...house.keychain.items.keys()]]).toEqual(before)
      expect(house.opened.cache.lines({ limit: 3 }).map(({ event, name }) => [event, name])).toEqual([
        ['value-removed', 'three'],
        ['value-removed', 'two'],
        ['value-removed', 'four'],
      ])
      house.disk.damage()
      await house.restart()
      expect(list().map(({ name }) => name)).toEqual(['one'])
      expect(await revealed(house, account.id, 'one')).toBe('value-of-one-0123456789')
    })

    it('leave no account that they were the first of', async () => {
      const { house, account } = await localHouse()
      const before = [...house.keychain.items.keys()]
      expect(await stopAfter(house, 1, 'one', 'two')).toBe('stopped')
      expect([house.opened.cache.accounts(), [...house.keychain.items.keys()]]).toEqual([[account], before])
    })

    it('stay listed where the keychain does not let go of them, and can be removed later', async () => {
      const { house, account, list } = await storedHouse('one')
      house.keychain.failing = (call, item) => (call === 'remove' && item.startsWith('value/') ? 'locked' : null)
      expect(await stopAfter(house, 1, 'two', 'three')).toContain('keychain-locked')
      house.keychain.failing = () => null
      expect(list().map(({ name }) => name)).toEqual(['one', 'two'])
      await deleteKey(house.opened, account.id, list()[1]?.id ?? '', 'two')
      expect(list().map(({ name }) => name)).toEqual(['one'])
    })

    // Locked while it was taken back, the rest of the import was stored after all at the next opening.
    it('are not stored later, where a lock comes while they are taken back', async () => {
      const { house, list } = await storedHouse('one')
      house.keychain.failing = (call, item) => {
        if (call === 'remove' && item.startsWith('value/')) void house.vault.lock()
        return null
      }
      expect(await stopAfter(house, 2, 'two', 'three', 'four', 'five')).not.toBe('stored')
      house.keychain.failing = () => null
      await house.restart()
      await house.vault.resume()
      expect(list().map(({ name }) => name)).toEqual(['one', 'two', 'three'])
    })

    it('are not begun with, where that comes before their turn', async () => {
      const { house } = await storedHouse('one')
      const before = [house.keychain.calls.length, house.opened.cache.lines({ limit: 100 }).length]
      const stop = new AbortController()
      stop.abort()
      await expect(storeValues(house.opened, values('two'), undefined, stop.signal)).rejects.toBe(stop.signal.reason)
      expect([house.keychain.calls.length, house.opened.cache.lines({ limit: 100 }).length]).toEqual(before)
    })
  })

  it('stay sealed while the keychain does not take them, and go on to it later', async () => {
    const { house, account, list } = await storedHouse('one')
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'locked' : null)
    await storeValues(house.opened, values('two', 'three'))
    expect(list().map(({ value }) => value)).toEqual(['here', 'sealed', 'sealed'])
    expect(house.keychain.calls.filter((call) => call.startsWith('write value/')).length).toBe(2) // each more may be a prompt
    house.keychain.failing = () => null
    await house.restart()
    await house.vault.resume()
    expect(list().map(({ value }) => value)).toEqual(['here', 'here', 'here'])
    expect(await revealed(house, account.id, 'three')).toBe('value-of-three-0123456789')
  })

  it('are found in the keychain again when the cache is lost, however many they are', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `key-${at}`)
    const { house, account, list } = await storedHouse(...names)
    await deleteKey(house.opened, account.id, list()[3]?.id ?? '', 'key-3')
    const before = list()
    house.disk.damage()
    await house.restart()
    expect(list()).toEqual(before)
    expect(await revealed(house, account.id, 'key-59')).toBe('value-of-key-59-0123456789')
  })

  it('are listed in the keychain again at the next opening, where that list was damaged or is not there', async () => {
    for (const damage of [
      (keychain: House['keychain'], page: string) => keychain.items.set(page, 'no list'),
      (keychain: House['keychain'], page: string) => keychain.items.delete(page),
    ]) {
      const { house, account, list } = await storedHouse('one', 'two')
      const before = list()
      damage(house.keychain, items.storedPage(account.id, 0))
      await house.restart()
      await house.vault.resume()
      house.disk.damage()
      await house.restart()
      expect(list()).toEqual(before)
    }
  })

  it('are removed by their name, with what told of them', async () => {
    const { house, account, list } = await storedHouse('one', 'two')
    const id = list()[0]?.id ?? ''
    expect(await codeRejected(deleteKey(house.opened, account.id, id, 'two'))).toBe('name-mismatch')
    await deleteKey(house.opened, account.id, id, 'one')
    expect(list().map(({ name }) => name)).toEqual(['two'])
    expect(house.keychain.items.has(items.value(account.id, id))).toBe(false)
    expect(house.opened.cache.lines({ limit: 1 })[0]).toMatchObject({ event: 'value-removed', name: 'one' })
  })

  it('are asked of no server, whatever is asked for', async () => {
    const { house, account, list } = await storedHouse('one')
    const asked = house.service.calls.length
    const id = list()[0]?.id ?? ''
    for (const attempt of [
      createKey(house.opened, account.id, 'x'),
      disableKey(house.opened, account.id, id),
      verifyKey(house.opened, account.id, id),
    ]) {
      expect(await codeRejected(attempt)).toBe('not-allowed-values')
    }
    await refreshKeys(house.opened, account.id)
    expect(house.service.calls).toHaveLength(asked)
  })

  it('go with their account, which cannot be signed out and kept', async () => {
    const { house, local, account } = await storedHouse('one')
    switchAccount(house.opened, account.id)
    expect(await codeRejected(signOut(house.opened, account.id, false))).toBe('not-allowed-values')
    expect(await signOut(house.opened, account.id, true)).toEqual({ revoked: true })
    expect([house.opened.cache.accounts().map(({ id }) => id), house.opened.cache.current()]).toEqual([[local.id], local.id])
    expect([...house.keychain.items.keys()].filter((item) => item.includes(account.id))).toEqual([])
  })

  it('move with the vault into another keychain, their list too', async () => {
    const { house, account } = await storedHouse(...Array.from({ length: 26 }, (_, at) => `key-${at}`))
    const named = itemsOf(house.opened)
    expect([...house.keychain.items.keys()].filter((item) => item.includes(account.id) && !named.includes(item))).toEqual([])
  })

  it('need no other account', async () => {
    const house = await openHouse()
    const account = await storeValues(house.opened, values('one'))
    expect(house.opened.cache.accounts()).toEqual([account])
  })
})
