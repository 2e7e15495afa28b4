import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { byEmail, localVault, localVaultWithKey, openVaultFixture, server, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A vault with 50 stored values, whose index has three pages. */
async function storedValuesVault(): Promise<{ fixture: VaultFixture; accountId: string }> {
  const fixture = await openVaultFixture()
  const values = Array.from({ length: 50 }, (_, at) => ({ name: `value-${at}`, value: new Secret(`secret-${at}`) }))
  const { id } = await storeValues(fixture.opened, values)
  return { fixture, accountId: id }
}

function damagePage(fixture: VaultFixture, accountId: string, page: number): string {
  const item = items.storedPage(accountId, page)
  const [first, ...lines] = (fixture.keychain.items.get(item) ?? '').split('\n')
  const damaged = [first, 'x'.repeat(90), ...lines.slice(1)].join('\n')
  fixture.keychain.items.set(item, damaged)
  return damaged
}

const shown = (fixture: VaultFixture, accountId: string): number => listKeys(fixture.opened, accountId).keys.length

// A damaged page of the index used to leave a vault without its cache closed, and a closed vault could not be repaired.
describe('a damaged page of the index of stored values, and a lost cache', () => {
  it.each([
    ['deleted', (fixture: VaultFixture) => fixture.disk.erase()],
    ['damaged', (fixture: VaultFixture) => fixture.disk.damage()],
  ])('open the vault read-only with everything that can be read (cache %s)', async (_, lose) => {
    const { fixture, accountId } = await storedValuesVault()
    fixture.vault.lock()
    damagePage(fixture, accountId, 1)
    lose(fixture)
    const kept = new Map(fixture.keychain.items)
    await fixture.vault.open()
    expect([fixture.vault.closed, fixture.opened.readOnly, shown(fixture, accountId)]).toEqual([null, 'keychain-damaged', 49])
    for (const { id, name } of listKeys(fixture.opened, accountId).keys) {
      expect((await release(fixture.opened, accountId, id, { purpose: 'reveal' })).expose()).toBe(name.replace('value', 'secret'))
    }
    expect(await codeRejected(storeValues(fixture.opened, [{ name: 'next', value: new Secret('x') }]))).toBe('read-only')
    await fixture.vault.resume()
    const isLine = ([item]: [string, string]): boolean => item.startsWith('pending-lines/') || item === items.journalHead
    expect(new Map([...fixture.keychain.items].filter((item) => !isLine(item)))).toEqual(kept)
    expect((await examineItems(fixture.opened)).findings).toEqual(['changed'])
  })

  it('are repaired: the damaged page is set aside, and every listed value stays', async () => {
    const { fixture, accountId } = await storedValuesVault()
    fixture.vault.lock()
    const damaged = damagePage(fixture, accountId, 1)
    fixture.disk.erase()
    await fixture.vault.open()
    await fixture.vault.repair()
    expect([fixture.vault.closed, fixture.opened.readOnly, shown(fixture, accountId)]).toEqual([null, null, 49])
    expect(fixture.keychain.items.get(items.storedPageAside(accountId, 1))).toBe(damaged)
    await storeValues(fixture.opened, [{ name: 'next', value: new Secret('x') }])
    await fixture.restartAndResume()
    expect([fixture.opened.readOnly, shown(fixture, accountId), fixture.disk.aside]).toEqual([null, 50, []])
  })

  it('open the vault writable once the keychain has the page again', async () => {
    const { fixture, accountId } = await storedValuesVault()
    fixture.vault.lock()
    const page = items.storedPage(accountId, 0)
    const whole = fixture.keychain.items.get(page) ?? ''
    damagePage(fixture, accountId, 0)
    fixture.disk.erase()
    await fixture.vault.open()
    const { opened } = fixture
    await fixture.vault.open()
    expect(fixture.opened).toBe(opened)
    fixture.keychain.items.set(page, whole)
    await fixture.vault.open()
    expect([fixture.opened.readOnly, shown(fixture, accountId)]).toEqual([null, 50])
  })

  it('leave everything unchanged while the keychain takes nothing for the repair', async () => {
    const { fixture, accountId } = await storedValuesVault()
    fixture.vault.lock()
    damagePage(fixture, accountId, 2)
    fixture.disk.erase()
    await fixture.vault.open()
    const kept = new Map(fixture.keychain.items)
    fixture.keychain.failing = (call) => (call === 'write' ? 'denied' : null)
    expect(await codeRejected(fixture.vault.repair())).toBe('keychain-denied')
    expect([fixture.opened.readOnly, fixture.keychain.items]).toEqual(['keychain-damaged', kept])
  })
})

// The vault used to be closed, and its repair refused, both with `keychain-mismatch`.
describe('a damaged list of accounts', () => {
  it.each([
    ['written over', 'nothing that Latchkey wrote'],
    ['in part', null],
  ])('%s, and a missing root key: open read-only with the readable accounts, and are repaired at once', async (_, text) => {
    const { fixture, account, key, value } = await localVaultWithKey()
    const damaged = text ?? `${fixture.keychain.items.get(items.accounts)} damaged`
    fixture.keychain.items.set(items.accounts, damaged)
    fixture.keychain.items.delete(items.root)
    await fixture.restart()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, 'keychain-reset'])
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id: account.id }])
    await fixture.vault.repair()
    expect([fixture.vault.closed, fixture.opened.readOnly, fixture.disk.aside.length]).toEqual([null, null, 1])
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).keys).toMatchObject([{ id: key.id, value: 'here' }])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect(fixture.keychain.items.get(items.accountsAside)).toBe(damaged)
  })

  it('beside an intact cache is rewritten from it, and the vault stays writable', async () => {
    const { fixture, account } = await localVault()
    fixture.remote.register('ada@example.test', byEmail.method === 'email' ? byEmail.password : new Secret(''))
    const remote = await signIn(fixture.opened, server, byEmail)
    fixture.keychain.items.set(items.accounts, 'damaged')
    await fixture.restartAndResume()
    expect([fixture.opened.readOnly, fixture.opened.cache.accounts().length]).toEqual([null, 2])
    expect(fixture.keychain.items.get(items.accounts)?.split(' ').sort()).toEqual([account.id, remote.id].sort())
  })

  it('leaves the journal of a vault without accounts unchanged when it is repaired', async () => {
    const fixture = await openVaultFixture()
    fixture.keychain.items.set(items.accounts, 'damaged')
    const lines = fixture.opened.cache.lines({ limit: 9 }).length
    await fixture.restart()
    expect(fixture.opened.readOnly).toBe('keychain-damaged')
    await fixture.vault.repair()
    expect([fixture.opened.readOnly, fixture.disk.aside]).toEqual([null, []])
    expect(fixture.opened.cache.lines({ limit: 9 }).length).toBeGreaterThan(lines)
  })
})

describe('a damaged entry of the account of stored values', () => {
  it('does not hide its values after the cache was lost', async () => {
    const { fixture, accountId } = await storedValuesVault()
    fixture.vault.lock()
    fixture.keychain.items.set(items.account(accountId), '{"server":7}')
    fixture.disk.erase()
    await fixture.vault.open()
    expect([fixture.opened.readOnly, shown(fixture, accountId)]).toEqual([null, 50])
  })
})
