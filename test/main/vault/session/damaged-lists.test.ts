import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { byEmail, type House, localHouse, newKey, openHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A vault with 50 stored values, whose index takes three pages. */
async function storedHouse(): Promise<{ house: House; accountId: string }> {
  const house = await openHouse()
  const values = Array.from({ length: 50 }, (_, at) => ({ name: `value-${at}`, value: new Secret(`secret-${at}`) }))
  const { id } = await storeValues(house.opened, values)
  return { house, accountId: id }
}

function damagePage(house: House, accountId: string, page: number): string {
  const item = items.storedPage(accountId, page)
  const [first, ...lines] = (house.keychain.items.get(item) ?? '').split('\n')
  const damaged = [first, 'x'.repeat(90), ...lines.slice(1)].join('\n')
  house.keychain.items.set(item, damaged)
  return damaged
}

const shown = (house: House, accountId: string): number => listKeys(house.opened, accountId).keys.length

// A page of the index that was damaged, with the cache lost, left the vault closed; and a closed vault could not be repaired.
describe('a damaged page of the index of stored values, and a lost cache', () => {
  it.each([
    ['deleted', (house: House) => house.disk.erase()],
    ['damaged', (house: House) => house.disk.damage()],
  ])('open the vault read-only with all that can be read (cache %s)', async (_, lose) => {
    const { house, accountId } = await storedHouse()
    house.vault.lock()
    damagePage(house, accountId, 1)
    lose(house)
    const kept = new Map(house.keychain.items)
    await house.vault.open()
    expect([house.vault.closed, house.opened.readOnly, shown(house, accountId)]).toEqual([null, 'keychain-damaged', 49])
    for (const { id, name } of listKeys(house.opened, accountId).keys) {
      expect((await release(house.opened, accountId, id, { purpose: 'reveal' })).expose()).toBe(name.replace('value', 'secret'))
    }
    expect(await codeRejected(storeValues(house.opened, [{ name: 'next', value: new Secret('x') }]))).toBe('read-only')
    await house.vault.resume()
    const isLine = ([item]: [string, string]): boolean => item.startsWith('pending-lines/') || item === items.journalHead
    expect(new Map([...house.keychain.items].filter((item) => !isLine(item)))).toEqual(kept)
    expect((await examineItems(house.opened)).findings).toEqual(['changed'])
  })

  it('are repaired: the damaged page is set aside, and every value that is listed stays', async () => {
    const { house, accountId } = await storedHouse()
    house.vault.lock()
    const damaged = damagePage(house, accountId, 1)
    house.disk.erase()
    await house.vault.open()
    await house.vault.repair()
    expect([house.vault.closed, house.opened.readOnly, shown(house, accountId)]).toEqual([null, null, 49])
    expect(house.keychain.items.get(items.storedPageAside(accountId, 1))).toBe(damaged)
    await storeValues(house.opened, [{ name: 'next', value: new Secret('x') }])
    await house.restart()
    await house.vault.resume()
    expect([house.opened.readOnly, shown(house, accountId), house.disk.aside]).toEqual([null, 50, []])
  })

  it('open the vault whole once the keychain has the page again', async () => {
    const { house, accountId } = await storedHouse()
    house.vault.lock()
    const page = items.storedPage(accountId, 0)
    const whole = house.keychain.items.get(page) ?? ''
    damagePage(house, accountId, 0)
    house.disk.erase()
    await house.vault.open()
    const { opened } = house
    await house.vault.open()
    expect(house.opened).toBe(opened)
    house.keychain.items.set(page, whole)
    await house.vault.open()
    expect([house.opened.readOnly, shown(house, accountId)]).toEqual([null, 50])
  })

  it('keep everything as it was while the keychain takes nothing for the repair', async () => {
    const { house, accountId } = await storedHouse()
    house.vault.lock()
    damagePage(house, accountId, 2)
    house.disk.erase()
    await house.vault.open()
    const kept = new Map(house.keychain.items)
    house.keychain.failing = (call) => (call === 'write' ? 'denied' : null)
    expect(await codeRejected(house.vault.repair())).toBe('keychain-denied')
    expect([house.opened.readOnly, house.keychain.items]).toEqual(['keychain-damaged', kept])
  })
})

// The vault was closed, and its repair refused: `keychain-mismatch` both times.
describe('a damaged list of accounts', () => {
  it.each([
    ['written over', 'nothing that Latchkey wrote'],
    ['in part', null],
  ])('%s, and a missing root key: open read-only with the accounts that can be read, and are repaired at once', async (_, text) => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    const damaged = text ?? `${house.keychain.items.get(items.accounts)} damaged`
    house.keychain.items.set(items.accounts, damaged)
    house.keychain.items.delete(items.root)
    await house.restart()
    expect([house.vault.closed, house.opened.readOnly]).toEqual([null, 'keychain-reset'])
    expect(house.opened.cache.accounts()).toMatchObject([{ id: account.id }])
    await house.vault.repair()
    expect([house.vault.closed, house.opened.readOnly, house.disk.aside.length]).toEqual([null, null, 1])
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys).toMatchObject([{ id: key.id, value: 'here' }])
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect(house.keychain.items.get(items.accountsAside)).toBe(damaged)
  })

  it('beside a cache that opens is written anew from it, and the vault goes on', async () => {
    const { house, account } = await localHouse()
    house.remote.register('ada@example.test', byEmail.method === 'email' ? byEmail.password : new Secret(''))
    const remote = await signIn(house.opened, server, byEmail)
    house.keychain.items.set(items.accounts, 'damaged')
    await house.restart()
    await house.vault.resume()
    expect([house.opened.readOnly, house.opened.cache.accounts().length]).toEqual([null, 2])
    expect(house.keychain.items.get(items.accounts)?.split(' ').sort()).toEqual([account.id, remote.id].sort())
  })

  it('keeps the journal of a vault without accounts when it is repaired', async () => {
    const house = await openHouse()
    house.keychain.items.set(items.accounts, 'damaged')
    const lines = house.opened.cache.lines({ limit: 9 }).length
    await house.restart()
    expect(house.opened.readOnly).toBe('keychain-damaged')
    await house.vault.repair()
    expect([house.opened.readOnly, house.disk.aside]).toEqual([null, []])
    expect(house.opened.cache.lines({ limit: 9 }).length).toBeGreaterThan(lines)
  })
})

describe('a damaged entry of the account of stored values', () => {
  it('does not keep its values from being found after the cache was lost', async () => {
    const { house, accountId } = await storedHouse()
    house.vault.lock()
    house.keychain.items.set(items.account(accountId), '{"server":7}')
    house.disk.erase()
    await house.vault.open()
    expect([house.opened.readOnly, shown(house, accountId)]).toEqual([null, 50])
  })
})
