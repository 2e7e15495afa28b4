import { describe, expect, it } from 'vitest'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { addValue } from '../../../../main/vault/keys/add-value.ts'
import { doctor as german } from '../../../../renderer/i18n/de/doctor.ts'
import { readOnly as readOnlyInGerman } from '../../../../renderer/i18n/de/readOnly.ts'
import { wordsFor } from '../../../../renderer/i18n/doctor.ts'
import { readOnly } from '../../../../renderer/i18n/en/readOnly.ts'
import { guardedOver } from '../../keychain/passphrase/passphrase-vaults.ts'
import { byEmail, House, localHouse, newKey, recordOf, remoteHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const otherRoot = Buffer.alloc(32, 7).toString('base64url')

/** What may have become of the root key, and the code that says so. */
const losses: [string, string, (house: House) => void][] = [
  ['gone', 'keychain-reset', (house) => house.keychain.items.delete(items.root)],
  ['another one', 'keychain-mismatch', (house) => house.keychain.items.set(items.root, otherRoot)],
  ['none at all', 'keychain-mismatch', (house) => house.keychain.items.set(items.root, 'not a key')],
]

describe.each(losses)('a vault whose root key is %s', (_, code, lose) => {
  it('opens read-only, filled from keychain and server: every value can still be had', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    lose(house)
    await house.restart()
    expect([house.vault.closed, house.opened.readOnly]).toEqual([null, code])
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys).toEqual([key])
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('changes nothing: neither on the server, nor in the keychain, nor the cache that it cannot open', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    const records = structuredClone(house.disk.records)
    lose(house)
    house.servers.retained = null
    const kept = new Map(house.keychain.items)
    await house.restart()
    await house.vault.resume()
    const asked = house.remote.calls.length
    const { opened } = house
    for (const act of [
      () => createKey(opened, account.id, 'next'),
      () => createLater(opened, account.id, 'next'),
      () => disableKey(opened, account.id, key.id),
      () => deleteKey(opened, account.id, key.id, 'ci'),
      () => addValue(opened, account.id, key.id, new Secret('value')),
      () => signIn(opened, server, byEmail),
      () => signOut(opened, account.id, true),
      () => openLocal(opened),
    ]) {
      expect(await codeRejected(act())).toBe('read-only')
    }
    expect(house.remote.calls.length).toBe(asked)
    expect([house.keychain.items, house.disk.records]).toEqual([kept, records])
    expect(house.servers.retained).toBe(null)
  })

  it('opens whole again once the keychain has its root key again', async () => {
    const { house, account } = await localHouse()
    await newKey(house, account)
    const root = house.keychain.items.get(items.root) ?? ''
    lose(house)
    await house.restart()
    house.keychain.items.set(items.root, root)
    await house.restart()
    expect(house.opened.readOnly).toBe(null)
    expect(house.opened.cache.accounts()).toEqual([account])
  })

  it('is repaired: the old cache is set aside, and a new one has the accounts, keys and values', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    lose(house)
    await house.restart()
    await house.vault.repair()
    expect([house.vault.closed, house.opened.readOnly, house.disk.aside.length]).toEqual([null, null, 1])
    await house.vault.resume()
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [key], news: [{ what: 'cache-rebuilt' }] })
    expect((await release(house.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect((await newKey(house, account, 'next')).key.value).toBe('here')
    await house.restart()
    expect(house.opened.readOnly).toBe(null)
  })
})

describe('repairing', () => {
  it('keeps beside it what was found in the place of the root key', async () => {
    const { house } = await localHouse()
    house.keychain.items.set(items.root, 'not a key')
    await house.restart()
    await house.vault.repair()
    expect(house.keychain.items.get(items.rootAside)).toBe('not a key')
  })

  it('does nothing to a vault that is whole', async () => {
    const { house, account } = await localHouse()
    const { opened } = house
    await house.vault.repair()
    expect(house.opened).toBe(opened)
    expect([house.opened.cache.accounts(), house.disk.aside]).toEqual([[account], []])
  })

  it('that the keychain does not let happen leaves everything as it was', async () => {
    const { house } = await localHouse()
    house.keychain.items.delete(items.root)
    await house.restart()
    house.keychain.failing = (call) => (call === 'write' ? 'denied' : null)
    expect(await codeRejected(house.vault.repair())).toBe('keychain-denied')
    expect([house.opened.readOnly, house.disk.aside]).toEqual(['keychain-reset', []])
  })
})

describe('looking again', () => {
  // Restored and looked at again, it stayed read-only; the repair then set aside a cache that its root key opened.
  it('opens the vault whole when the keychain was restored, and leaves nothing to repair', async () => {
    const { house, account } = await localHouse()
    const root = house.keychain.items.get(items.root) ?? ''
    house.keychain.items.delete(items.root)
    await house.restart()
    house.keychain.items.set(items.root, root)
    await house.vault.repair()
    expect([house.opened.readOnly, house.disk.aside]).toEqual([null, []])
    expect(house.opened.cache.accounts()).toEqual([account])
  })

  it('leaves a vault that is still read-only as it is', async () => {
    const { house } = await localHouse()
    house.keychain.items.delete(items.root)
    await house.restart()
    const { opened } = house
    await house.vault.open()
    house.keychain.failure = 'locked'
    await house.vault.open()
    expect(house.opened).toBe(opened)
  })

  // The answer to the repair's prompt once opened what had been locked since.
  it('does not undo a lock', async () => {
    const { house } = await localHouse()
    house.keychain.items.delete(items.root)
    await house.restart()
    house.keychain.failing = (call) => {
      if (call === 'write') house.vault.lock()
      return null
    }
    expect(await codeRejected(house.vault.repair())).toBe('locked')
    expect([house.vault.closed, house.disk.aside]).toEqual(['locked', []])
  })
})

describe('a damaged cache under its own root key', () => {
  it('is set aside and filled again at the opening, and says so', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    await elsewhere.create('theirs')
    house.vault.lock()
    house.disk.damage()
    await house.vault.open()
    expect([house.opened.readOnly, house.disk.aside.length]).toEqual([null, 1])
    await house.vault.resume()
    const { keys, news } = listKeys(house.opened, account.id)
    expect(keys).toMatchObject([key, { name: 'theirs', value: 'elsewhere' }])
    expect(news.map(({ what }) => what)).toEqual(['cache-rebuilt'])
    expect(house.opened.cache.current()).toBe(account.id)
  })

  it('of a profile from before there was a check cannot be told from another vault’s: it stays, and the vault is read-only', async () => {
    const { house, account } = await localHouse()
    house.vault.lock()
    house.disk.damage()
    house.check = null
    await house.vault.open()
    expect([house.opened.readOnly, house.disk.aside.length]).toEqual(['profile-corrupt', 0])
    await house.vault.repair()
    expect([house.opened.readOnly, house.disk.aside.length]).toEqual([null, 1])
    expect(house.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: true }])
  })

  // One damaged entry once kept the vault closed, and a closed vault cannot be repaired.
  it('is filled with the accounts whose entries can be read', async () => {
    const { house, account } = await remoteHouse()
    const local = await openLocal(house.opened)
    house.keychain.items.set(items.account(account.id), '{"server":7}')
    house.vault.lock()
    house.disk.damage()
    await house.vault.open()
    expect(house.opened.cache.accounts()).toMatchObject([{ id: local.id }])
    await signIn(house.opened, server, byEmail)
    expect(house.opened.cache.accounts()).toHaveLength(2)
  })

  it('fills a cache that was deleted, too', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.vault.lock()
    house.disk.erase()
    await house.vault.open()
    await house.vault.resume()
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [key], news: [{ what: 'cache-rebuilt' }] })
  })

  it('has its sealed values no more: such a key is shown as one whose value is not here', async () => {
    const { house, account } = await localHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'denied' : null)
    const key = await createKey(house.opened, account.id, 'ci')
    expect(key.value).toBe('sealed')
    house.vault.lock()
    house.disk.damage()
    await house.vault.open()
    await house.vault.resume()
    expect(recordOf(house, account, key.id)?.value).toBe('elsewhere')
  })
})

// Such a vault stayed closed, and a closed vault cannot be repaired.
describe('a vault under a passphrase on top of the keychain, where another program changed the root key’s item', () => {
  it('is named by window and doctor, in both languages, and hides the state of no value', async () => {
    const house = new House()
    const keychain = await guardedOver(house.keychain)
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    const account = await openLocal(house.opened)
    const ids = [(await createKey(house.opened, account.id, 'one')).id, (await createKey(house.opened, account.id, 'two')).id]
    for (const item of [items.root, items.value(account.id, ids[1] ?? '')]) house.keychain.items.set(keychain.nameOf(item), 'changed')
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys.map(({ name, value }) => [name, value])).toEqual([
      ['one', 'here'],
      ['two', 'changed'],
    ])
    expect(await examineItems(house.opened)).toEqual({
      findings: ['changed', 'item-different'],
      keys: [{ name: 'two', finding: 'item-different' }],
    })
    const { title, meaning } = wordsFor('changed', 'gnome', 'guarded')
    const named = [title, german[title], readOnly.reasons['keychain-mismatch'].title, readOnlyInGerman.reasons['keychain-mismatch'].title]
    for (const text of named) expect(text).toMatch(/root key|Hauptschlüssel/)
    expect([german[meaning], readOnly.reasons['keychain-mismatch'].text]).toEqual([
      expect.stringContaining('Hauptschlüssel'),
      expect.stringMatching(/from a backup, or repair/),
    ])
  })

  it('opens read-only, with every value to be had, and is repaired', async () => {
    const house = new House()
    const keychain = await guardedOver(house.keychain)
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    const account = await openLocal(house.opened)
    const { id } = await createKey(house.opened, account.id, 'ci')
    const value = await release(house.opened, account.id, id, { purpose: 'copy' })
    house.keychain.items.set(keychain.nameOf(items.root), 'what another program put there')
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    expect([house.vault.closed, house.opened.readOnly]).toEqual([null, 'keychain-mismatch'])
    for (const repair of [async () => {}, () => house.vault.repair()]) {
      await repair()
      await house.vault.resume()
      expect((await release(house.opened, account.id, id, { purpose: 'copy' })).equals(value)).toBe(true)
    }
    expect(house.opened.readOnly).toBeNull()
    expect((await createKey(house.opened, account.id, 'next')).value).toBe('here')
  })
})
