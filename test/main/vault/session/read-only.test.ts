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
import { doctor as german } from '../../../../renderer/i18n/de/keychain/doctor.ts'
import { readOnly as readOnlyInGerman } from '../../../../renderer/i18n/de/keychain/readOnly.ts'
import { textsFor } from '../../../../renderer/i18n/en/keychain/doctor/doctor.ts'
import { readOnly } from '../../../../renderer/i18n/en/keychain/readOnly.ts'
import { guardedVault } from '../../keychain/passphrase/passphrase-vaults.ts'
import {
  byEmail,
  localVault,
  localVaultWithKey,
  newKey,
  recordOf,
  remoteVault,
  remoteVaultWithKey,
  server,
  type VaultFixture,
} from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const otherRoot = Buffer.alloc(32, 7).toString('base64url')

/** How the root key may be lost, and the code for it. */
const losses: [string, string, (fixture: VaultFixture) => void][] = [
  ['gone', 'keychain-reset', (fixture) => fixture.keychain.items.delete(items.root)],
  ['another one', 'keychain-mismatch', (fixture) => fixture.keychain.items.set(items.root, otherRoot)],
  ['none at all', 'keychain-mismatch', (fixture) => fixture.keychain.items.set(items.root, 'not a key')],
]

describe.each(losses)('a vault whose root key is %s', (_, code, lose) => {
  it('opens read-only, filled from keychain and server, and every value can be revealed', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    lose(fixture)
    await fixture.restart()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, code])
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('changes nothing: neither the server, nor the keychain, nor the cache that it cannot open', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    const records = structuredClone(fixture.disk.records)
    lose(fixture)
    fixture.servers.retained = null
    const kept = new Map(fixture.keychain.items)
    await fixture.restartAndResume()
    const asked = fixture.remote.calls.length
    const { opened } = fixture
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
    expect(fixture.remote.calls.length).toBe(asked)
    expect([fixture.keychain.items, fixture.disk.records]).toEqual([kept, records])
    expect(fixture.servers.retained).toBe(null)
  })

  it('opens writable again once the keychain has its root key again', async () => {
    const { fixture, account } = await localVault()
    await newKey(fixture, account)
    const root = fixture.keychain.items.get(items.root) ?? ''
    lose(fixture)
    await fixture.restart()
    fixture.keychain.items.set(items.root, root)
    await fixture.restart()
    expect(fixture.opened.readOnly).toBe(null)
    expect(fixture.opened.cache.accounts()).toEqual([account])
  })

  it('is repaired: the old cache is set aside, and a new one has the accounts, keys and values', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    lose(fixture)
    await fixture.restart()
    await fixture.vault.repair()
    expect([fixture.vault.closed, fixture.opened.readOnly, fixture.disk.aside.length]).toEqual([null, null, 1])
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key], news: [{ what: 'cache-rebuilt' }] })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    expect((await newKey(fixture, account, 'next')).key.value).toBe('here')
    await fixture.restart()
    expect(fixture.opened.readOnly).toBe(null)
  })
})

describe('repairing', () => {
  it('sets aside the item that was found in the root key’s place', async () => {
    const { fixture } = await localVault()
    fixture.keychain.items.set(items.root, 'not a key')
    await fixture.restart()
    await fixture.vault.repair()
    expect(fixture.keychain.items.get(items.rootAside)).toBe('not a key')
  })

  it('does nothing to a writable vault', async () => {
    const { fixture, account } = await localVault()
    const { opened } = fixture
    await fixture.vault.repair()
    expect(fixture.opened).toBe(opened)
    expect([fixture.opened.cache.accounts(), fixture.disk.aside]).toEqual([[account], []])
  })

  it('leaves everything unchanged if the keychain refuses it', async () => {
    const { fixture } = await localVault()
    fixture.keychain.items.delete(items.root)
    await fixture.restart()
    fixture.keychain.failing = (call) => (call === 'write' ? 'denied' : null)
    expect(await codeRejected(fixture.vault.repair())).toBe('keychain-denied')
    expect([fixture.opened.readOnly, fixture.disk.aside]).toEqual(['keychain-reset', []])
  })
})

describe('opening a read-only vault again', () => {
  // A vault whose keychain was restored used to stay read-only; the repair then set aside a cache that its root key opened.
  it('makes it writable if the keychain was restored, and leaves nothing to repair', async () => {
    const { fixture, account } = await localVault()
    const root = fixture.keychain.items.get(items.root) ?? ''
    fixture.keychain.items.delete(items.root)
    await fixture.restart()
    fixture.keychain.items.set(items.root, root)
    await fixture.vault.repair()
    expect([fixture.opened.readOnly, fixture.disk.aside]).toEqual([null, []])
    expect(fixture.opened.cache.accounts()).toEqual([account])
  })

  it('leaves a vault that is still read-only unchanged', async () => {
    const { fixture } = await localVault()
    fixture.keychain.items.delete(items.root)
    await fixture.restart()
    const { opened } = fixture
    await fixture.vault.open()
    fixture.keychain.failure = 'locked'
    await fixture.vault.open()
    expect(fixture.opened).toBe(opened)
  })

  // The answer to the repair's prompt used to open a vault that had been locked since.
  it('does not undo a lock', async () => {
    const { fixture } = await localVault()
    fixture.keychain.items.delete(items.root)
    await fixture.restart()
    fixture.keychain.failing = (call) => {
      if (call === 'write') fixture.vault.lock()
      return null
    }
    expect(await codeRejected(fixture.vault.repair())).toBe('locked')
    expect([fixture.vault.closed, fixture.disk.aside]).toEqual(['locked', []])
  })
})

describe('a damaged cache under its own root key', () => {
  it('is set aside and rebuilt at the opening, which is reported', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.create('theirs')
    fixture.vault.lock()
    fixture.disk.damage()
    await fixture.vault.open()
    expect([fixture.opened.readOnly, fixture.disk.aside.length]).toEqual([null, 1])
    await fixture.vault.resume()
    const { keys, news } = listKeys(fixture.opened, account.id)
    expect(keys).toMatchObject([key, { name: 'theirs', value: 'elsewhere' }])
    expect(news.map(({ what }) => what)).toEqual(['cache-rebuilt'])
    expect(fixture.opened.cache.current()).toBe(account.id)
  })

  it('of a profile without a check may belong to another vault: it stays, and the vault is read-only', async () => {
    const { fixture, account } = await localVault()
    fixture.vault.lock()
    fixture.disk.damage()
    fixture.check = null
    await fixture.vault.open()
    expect([fixture.opened.readOnly, fixture.disk.aside.length]).toEqual(['profile-corrupt', 0])
    await fixture.vault.repair()
    expect([fixture.opened.readOnly, fixture.disk.aside.length]).toEqual([null, 1])
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id: account.id, signedIn: true }])
  })

  // One damaged entry used to keep the vault closed, and a closed vault cannot be repaired.
  it('is rebuilt with the accounts whose entries can be read', async () => {
    const { fixture, account } = await remoteVault()
    const local = await openLocal(fixture.opened)
    fixture.keychain.items.set(items.account(account.id), '{"server":7}')
    fixture.vault.lock()
    fixture.disk.damage()
    await fixture.vault.open()
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id: local.id }])
    await signIn(fixture.opened, server, byEmail)
    expect(fixture.opened.cache.accounts()).toHaveLength(2)
  })

  it('is rebuilt after the cache was deleted, too', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.vault.lock()
    fixture.disk.erase()
    await fixture.vault.open()
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key], news: [{ what: 'cache-rebuilt' }] })
  })

  it('loses its sealed values: such a key is shown as one whose value is not here', async () => {
    const { fixture, account } = await localVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'denied' : null)
    const key = await createKey(fixture.opened, account.id, 'ci')
    expect(key.value).toBe('sealed')
    fixture.vault.lock()
    fixture.disk.damage()
    await fixture.vault.open()
    await fixture.vault.resume()
    expect(recordOf(fixture, account, key.id)?.value).toBe('elsewhere')
  })
})

// Such a vault used to stay closed, and a closed vault cannot be repaired.
describe('a vault under a passphrase on top of the keychain, where another program changed the root key’s item', () => {
  it('is reported by window and diagnosis, in both languages, and hides the state of no value', async () => {
    const { fixture, keychain } = await guardedVault()
    const account = await openLocal(fixture.opened)
    const ids = [(await createKey(fixture.opened, account.id, 'one')).id, (await createKey(fixture.opened, account.id, 'two')).id]
    for (const item of [items.root, items.value(account.id, ids[1] ?? '')]) fixture.keychain.items.set(keychain.nameOf(item), 'changed')
    await fixture.restart({ keychain })
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).keys.map(({ name, value }) => [name, value])).toEqual([
      ['one', 'here'],
      ['two', 'changed'],
    ])
    expect(await examineItems(fixture.opened)).toEqual({
      findings: ['changed', 'item-different'],
      keys: [{ name: 'two', finding: 'item-different' }],
    })
    const { title, meaning } = textsFor('changed', 'gnome', 'guarded')
    const named = [title, german[title], readOnly.reasons['keychain-mismatch'].title, readOnlyInGerman.reasons['keychain-mismatch'].title]
    for (const text of named) expect(text).toMatch(/root key|Hauptschlüssel/)
    expect([german[meaning], readOnly.reasons['keychain-mismatch'].text]).toEqual([
      expect.stringContaining('Hauptschlüssel'),
      expect.stringMatching(/from a backup, or repair/),
    ])
  })

  it('opens read-only with every value readable, and is repaired', async () => {
    const { fixture, keychain } = await guardedVault()
    const account = await openLocal(fixture.opened)
    const { id } = await createKey(fixture.opened, account.id, 'ci')
    const value = await release(fixture.opened, account.id, id, { purpose: 'copy' })
    fixture.keychain.items.set(keychain.nameOf(items.root), 'what another program put there')
    await fixture.restart({ keychain })
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, 'keychain-mismatch'])
    for (const repair of [async () => {}, () => fixture.vault.repair()]) {
      await repair()
      await fixture.vault.resume()
      expect((await release(fixture.opened, account.id, id, { purpose: 'copy' })).equals(value)).toBe(true)
    }
    expect(fixture.opened.readOnly).toBeNull()
    expect((await createKey(fixture.opened, account.id, 'next')).value).toBe('here')
  })
})
