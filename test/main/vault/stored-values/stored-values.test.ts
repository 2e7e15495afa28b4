import { describe, expect, it, vi } from 'vitest'
import { completeDirectory } from '../../../../main/vault/accounts/account-directory.ts'
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
import { type VaultFixture, localVault, openVaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const values = (...names: string[]) => names.map((name) => ({ name, value: new Secret(`value-of-${name}-0123456789`) }))

async function storedValuesVault(...names: string[]) {
  const { fixture, account: local } = await localVault()
  const account = await storeValues(fixture.opened, values(...names))
  return { fixture, local, account, list: () => listKeys(fixture.opened, account.id).keys }
}

async function revealed(fixture: VaultFixture, accountId: string, name: string): Promise<string> {
  const key = listKeys(fixture.opened, accountId).keys.find((one) => one.name === name)
  return (await release(fixture.opened, accountId, key?.id ?? '', { purpose: 'reveal' })).expose()
}

describe('stored values', () => {
  it('are in an account of their own without a server, and leave the current account current', async () => {
    const { fixture, local, account, list } = await storedValuesVault('STRIPE_KEY', 'GITHUB_TOKEN')
    expect(account).toMatchObject({ server: null, method: 'values', email: null, signedIn: true })
    expect(fixture.opened.cache.current()).toBe(local.id)
    expect(list().map(({ name, value, verified, enabled }) => [name, value, verified, enabled])).toEqual([
      ['STRIPE_KEY', 'here', null, true],
      ['GITHUB_TOKEN', 'here', null, true],
    ])
    expect(await revealed(fixture, account.id, 'STRIPE_KEY')).toBe('value-of-STRIPE_KEY-0123456789')
  })

  it('are added to the same account the next time, with their own time', async () => {
    const { fixture, account, list } = await storedValuesVault('one')
    fixture.now += 5000
    expect(await storeValues(fixture.opened, values('two'))).toEqual(account)
    expect(list().map(({ name, createdAt }) => [name, createdAt])).toEqual([
      ['one', fixture.now - 5000],
      ['two', fixture.now],
    ])
  })

  it('are stored all or none', async () => {
    const { fixture, list } = await storedValuesVault('one')
    expect(await codeRejected(storeValues(fixture.opened, values('two', 'ONE')))).toBe('name-taken')
    expect(await codeRejected(storeValues(fixture.opened, values(...Array.from({ length: 1000 }, (_, at) => `k${at}`))))).toBe(
      'stored-limit',
    )
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(storeValues(fixture.opened, values('two')))).toBe('keychain-locked')
    expect(list()).toHaveLength(1)
  })

  // An opening completes the keychain's list of accounts: it once wrote the entry of an account again that was forgotten meanwhile.
  it('leave no entry in the keychain if they are forgotten while an opening completes the list of accounts', async () => {
    const { fixture, local, account } = await storedValuesVault('one')
    fixture.keychain.items.set(items.accounts, local.id)
    let goOn = (): void => undefined
    void fixture.opened.queues.runExclusive(local.id, () => new Promise<void>((resolve) => (goOn = resolve)))
    const reads = (): number => fixture.keychain.calls.filter((call) => call === `read ${items.accounts}`).length
    const before = reads()
    const completed = completeDirectory(fixture.opened)
    await vi.waitFor(() => expect(reads()).toBe(before + 2))
    await new Promise(setImmediate)
    await signOut(fixture.opened, account.id, true)
    goOn()
    await completed
    expect([...fixture.keychain.items.keys()].filter((item) => item.includes(account.id))).toEqual([])
  })

  // The account used to be in the keychain before it was in the cache: after a kill in between, its entry stayed there unlisted.
  it('leave nothing unlisted in the keychain if the process is killed before they are on disk', async () => {
    const { fixture } = await localVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('stored/') ? new Promise(() => undefined) : null)
    void storeValues(fixture.opened, values('one'))
    await vi.waitFor(() => expect(fixture.keychain.calls.at(-1)).toMatch(/^write stored\//))
    fixture.keychain.failing = () => null
    await fixture.restartAndResume()
    const listed = new Set(itemsOf(fixture.opened))
    expect([...fixture.keychain.items.keys()].filter((item) => !listed.has(item))).toEqual([])
    const [stored] = fixture.opened.cache.accounts().filter(({ method }) => method === 'values')
    await signOut(fixture.opened, stored?.id ?? '', true)
    expect([...fixture.keychain.items.keys()].filter((item) => item.includes(stored?.id ?? '-'))).toEqual([])
  })

  describe('whose import is stopped', () => {
    const stopAfter = async (fixture: VaultFixture, most: number, ...names: string[]): Promise<string> => {
      const stop = new AbortController()
      const progress = (done: number): void => void (done === most && stop.abort())
      return storeValues(fixture.opened, values(...names), progress, stop.signal).then(
        () => 'stored',
        (error: unknown) => (error === stop.signal.reason ? 'stopped' : String(error)),
      )
    }

    it('are rolled back, and earlier ones stay', async () => {
      const { fixture, account, list } = await storedValuesVault('one')
      const before = [list(), [...fixture.keychain.items.keys()]]
      const asked = fixture.keychain.calls.length
      expect(await stopAfter(fixture, 2, 'two', 'three', 'four')).toBe('stopped')
      expect(fixture.keychain.calls.slice(asked).filter((call) => /^remove.*value\//.test(call))).toHaveLength(2) // the values that it had taken
      expect([list(), [...fixture.keychain.items.keys()]]).toEqual(before)
      expect(fixture.opened.cache.lines({ limit: 3 }).map(({ event, name }) => [event, name])).toEqual([
        ['value-removed', 'three'],
        ['value-removed', 'two'],
        ['value-removed', 'four'],
      ])
      fixture.disk.damage()
      await fixture.restart()
      expect(list().map(({ name }) => name)).toEqual(['one'])
      expect(await revealed(fixture, account.id, 'one')).toBe('value-of-one-0123456789')
    })

    it('leave no account if they were its first', async () => {
      const { fixture, account } = await localVault()
      const before = [...fixture.keychain.items.keys()]
      expect(await stopAfter(fixture, 1, 'one', 'two')).toBe('stopped')
      expect([fixture.opened.cache.accounts(), [...fixture.keychain.items.keys()]]).toEqual([[account], before])
    })

    it('stay listed if the keychain does not remove them, and can be removed later', async () => {
      const { fixture, account, list } = await storedValuesVault('one')
      fixture.keychain.failing = (call, item) => (call === 'remove' && item.startsWith('value/') ? 'locked' : null)
      expect(await stopAfter(fixture, 1, 'two', 'three')).toContain('keychain-locked')
      fixture.keychain.failing = () => null
      expect(list().map(({ name }) => name)).toEqual(['one', 'two'])
      await deleteKey(fixture.opened, account.id, list()[1]?.id ?? '', 'two')
      expect(list().map(({ name }) => name)).toEqual(['one'])
    })

    // Locked during the rollback, the rest of the import used to be stored at the next opening.
    it('are not stored later if a lock comes during the rollback', async () => {
      const { fixture, list } = await storedValuesVault('one')
      fixture.keychain.failing = (call, item) => {
        if (call === 'remove' && item.startsWith('value/')) void fixture.vault.lock()
        return null
      }
      expect(await stopAfter(fixture, 2, 'two', 'three', 'four', 'five')).not.toBe('stored')
      fixture.keychain.failing = () => null
      await fixture.restartAndResume()
      expect(list().map(({ name }) => name)).toEqual(['one', 'two', 'three'])
    })

    it('are not stored at all if the stop comes before their turn', async () => {
      const { fixture } = await storedValuesVault('one')
      const before = [fixture.keychain.calls.length, fixture.opened.cache.lines({ limit: 100 }).length]
      const stop = new AbortController()
      stop.abort()
      await expect(storeValues(fixture.opened, values('two'), undefined, stop.signal)).rejects.toBe(stop.signal.reason)
      expect([fixture.keychain.calls.length, fixture.opened.cache.lines({ limit: 100 }).length]).toEqual(before)
    })
  })

  it('stay sealed while the keychain does not take them, and are stored there later', async () => {
    const { fixture, account, list } = await storedValuesVault('one')
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'locked' : null)
    await storeValues(fixture.opened, values('two', 'three'))
    expect(list().map(({ value }) => value)).toEqual(['here', 'sealed', 'sealed'])
    expect(fixture.keychain.calls.filter((call) => call.startsWith('write value/')).length).toBe(2) // each further try may prompt
    fixture.keychain.failing = () => null
    await fixture.restartAndResume()
    expect(list().map(({ value }) => value)).toEqual(['here', 'here', 'here'])
    expect(await revealed(fixture, account.id, 'three')).toBe('value-of-three-0123456789')
  })

  it('are found in the keychain after the cache was lost, however many they are', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `key-${at}`)
    const { fixture, account, list } = await storedValuesVault(...names)
    await deleteKey(fixture.opened, account.id, list()[3]?.id ?? '', 'key-3')
    const before = list()
    fixture.disk.damage()
    await fixture.restart()
    expect(list()).toEqual(before)
    expect(await revealed(fixture, account.id, 'key-59')).toBe('value-of-key-59-0123456789')
  })

  it('are listed in the keychain again at the next opening, if their index was damaged or missing', async () => {
    for (const damage of [
      (keychain: VaultFixture['keychain'], page: string) => keychain.items.set(page, 'no list'),
      (keychain: VaultFixture['keychain'], page: string) => keychain.items.delete(page),
    ]) {
      const { fixture, account, list } = await storedValuesVault('one', 'two')
      const before = list()
      damage(fixture.keychain, items.storedPage(account.id, 0))
      await fixture.restartAndResume()
      fixture.disk.damage()
      await fixture.restart()
      expect(list()).toEqual(before)
    }
  })

  it('are removed by name, with their sites and grants', async () => {
    const { fixture, account, list } = await storedValuesVault('one', 'two')
    const id = list()[0]?.id ?? ''
    expect(await codeRejected(deleteKey(fixture.opened, account.id, id, 'two'))).toBe('name-mismatch')
    await deleteKey(fixture.opened, account.id, id, 'one')
    expect(list().map(({ name }) => name)).toEqual(['two'])
    expect(fixture.keychain.items.has(items.value(account.id, id))).toBe(false)
    expect(fixture.opened.cache.lines({ limit: 1 })[0]).toMatchObject({ event: 'value-removed', name: 'one' })
  })

  it('cause no request to any server, whatever is called', async () => {
    const { fixture, account, list } = await storedValuesVault('one')
    const asked = fixture.service.calls.length
    const id = list()[0]?.id ?? ''
    for (const attempt of [
      createKey(fixture.opened, account.id, 'x'),
      disableKey(fixture.opened, account.id, id),
      verifyKey(fixture.opened, account.id, id),
    ]) {
      expect(await codeRejected(attempt)).toBe('not-allowed-values')
    }
    await refreshKeys(fixture.opened, account.id)
    expect(fixture.service.calls).toHaveLength(asked)
  })

  it('are removed with their account, which cannot be signed out and kept', async () => {
    const { fixture, local, account } = await storedValuesVault('one')
    switchAccount(fixture.opened, account.id)
    expect(await codeRejected(signOut(fixture.opened, account.id, false))).toBe('not-allowed-values')
    expect(await signOut(fixture.opened, account.id, true)).toEqual({ revoked: true })
    expect([fixture.opened.cache.accounts().map(({ id }) => id), fixture.opened.cache.current()]).toEqual([[local.id], local.id])
    expect([...fixture.keychain.items.keys()].filter((item) => item.includes(account.id))).toEqual([])
  })

  it('move with the vault into another keychain, with their index', async () => {
    const { fixture, account } = await storedValuesVault(...Array.from({ length: 26 }, (_, at) => `key-${at}`))
    const named = itemsOf(fixture.opened)
    expect([...fixture.keychain.items.keys()].filter((item) => item.includes(account.id) && !named.includes(item))).toEqual([])
  })

  it('need no other account', async () => {
    const fixture = await openVaultFixture()
    const account = await storeValues(fixture.opened, values('one'))
    expect(fixture.opened.cache.accounts()).toEqual([account])
  })
})
