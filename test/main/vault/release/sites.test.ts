import { describe, expect, it } from 'vitest'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { addSite, keysForOrigin, keysWithValue, learnSite, removeSite, sitesOf } from '../../../../main/vault/release/sites.ts'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import {
  goneAndBack,
  localVault,
  localVaultWithKey,
  newKey,
  recordOf,
  remoteVault,
  remoteVaultWithKey,
  type VaultFixture,
} from '../fixtures/vault.ts'
import { codeThrown } from '../fixtures/refused.ts'
import { origin } from '../fixtures/requesters.ts'

function namesAt(fixture: VaultFixture, at = origin): string[] {
  return keysForOrigin(fixture.opened, at).map(({ name }) => name)
}

describe('the sites of a key', () => {
  it('are what its person added, in the canonical form of origins', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const one = addSite(fixture.opened, account.id, key.id, 'Console.Example.com/login', false)
    fixture.now += 1
    const other = addSite(fixture.opened, account.id, key.id, 'example.org', true)
    expect(one).toEqual({
      accountId: account.id,
      keyId: key.id,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      origin,
      subdomains: false,
      at: fixture.now - 1,
    })
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([one, other])
    expect(other).toMatchObject({ origin: 'https://example.org', subdomains: true })
    await fixture.restart()
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([one, other])
  })

  it('are added only once', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const site = addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.now += 1
    expect(addSite(fixture.opened, account.id, key.id, 'console.example.com', false)).toEqual(site)
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([site])
  })

  // A site that got its sub-domains later used to be listed twice, and removing one of the two changed nothing.
  it('are replaced if their sub-domains are added later', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const { id } = addSite(fixture.opened, account.id, key.id, origin, false)
    const wide = addSite(fixture.opened, account.id, key.id, origin, true)
    expect(wide).toMatchObject({ id, subdomains: true })
    expect(addSite(fixture.opened, account.id, key.id, origin, false)).toEqual(wide)
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([wide])
  })

  it.each(['', 'http://console.example.com', 'user@console.example.com', 'about:blank', '*.example.com'])('cannot be %j', async (typed) => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(codeThrown(() => addSite(fixture.opened, account.id, key.id, typed, false))).toBe('site-invalid')
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([])
  })

  it.each(['github.io', 'co.uk', 'intranet', '192.168.1.10', 'localhost:3000'])('cannot include sub-domains of %s', async (typed) => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(codeThrown(() => addSite(fixture.opened, account.id, key.id, typed, true))).toBe('site-invalid')
    expect(codeThrown(() => addSite(fixture.opened, account.id, key.id, typed, false))).toBe(null)
  })

  it('need an existing key', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(codeThrown(() => addSite(fixture.opened, account.id, '64a000000000000000000009', origin, false))).toBe('key-not-found')
    expect(codeThrown(() => addSite(fixture.opened, 'another', key.id, origin, false))).toBe('key-not-found')
  })

  it('can be removed, also twice, and only through their own account', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const site = addSite(fixture.opened, account.id, key.id, origin, false)
    removeSite(fixture.opened, 'another', site.id)
    expect(namesAt(fixture)).toEqual(['ci'])
    removeSite(fixture.opened, account.id, site.id)
    removeSite(fixture.opened, account.id, site.id)
    expect([sitesOf(fixture.opened, account.id, key.id), namesAt(fixture)]).toEqual([[], []])
  })

  it('update the windows as they change', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.announced.length = 0
    const site = addSite(fixture.opened, account.id, key.id, origin, false)
    removeSite(fixture.opened, account.id, site.id)
    expect(fixture.announced).toEqual(['keys', 'keys'])
  })

  it('are removed with their key, and with their account', async () => {
    const { fixture, account } = await localVault()
    const [one, other] = [await newKey(fixture, account, 'one'), await newKey(fixture, account, 'other')]
    for (const { key } of [one, other]) addSite(fixture.opened, account.id, key.id, origin, false)
    await deleteKey(fixture.opened, account.id, one.key.id, 'one')
    expect(fixture.opened.cache.sites(account.id).map(({ keyId }) => keyId)).toEqual([other.key.id])
    await signOut(fixture.opened, account.id, true)
    expect(fixture.opened.cache.sites(account.id)).toEqual([])
  })

  it('are removed with their key even if the keychain does not remove its value yet', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, true)
    fixture.keychain.failure = 'locked'
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(recordOf(fixture, account, key.id)?.goneAt).toBe(fixture.now)
    expect(fixture.opened.cache.sites(account.id)).toEqual([])
  })

  it('are removed when the server no longer has their key, and do not come back with it', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    await goneAndBack(fixture, account, () => expect([namesAt(fixture), fixture.opened.cache.sites(account.id)]).toEqual([[], []]))
    expect(namesAt(fixture)).toEqual([])
  })
})

describe('a site that was chosen at the site itself', () => {
  it('is exactly that origin', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(learnSite(fixture.opened, account.id, key.id, origin, false)).toMatchObject({ origin, subdomains: false })
    expect([namesAt(fixture), namesAt(fixture, 'https://api.example.com')]).toEqual([['ci'], []])
  })

  it('with its sub-domains is the domain that the person was shown', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const at = 'https://console.example.com:8443'
    expect(learnSite(fixture.opened, account.id, key.id, at, true)).toMatchObject({ origin: 'https://example.com:8443', subdomains: true })
    expect(namesAt(fixture, at)).toEqual(['ci'])
    expect(namesAt(fixture, 'https://api.example.com:8443')).toEqual(['ci'])
    expect(namesAt(fixture, 'https://api.example.com')).toEqual([])
  })

  it('has no sub-domains where no domain could be shown', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    for (const at of ['https://github.io', 'http://localhost:3000', 'https://10.0.0.1']) {
      expect(codeThrown(() => learnSite(fixture.opened, account.id, key.id, at, true))).toBe('site-invalid')
    }
    expect(sitesOf(fixture.opened, account.id, key.id)).toEqual([])
  })
})

describe('the keys for a site', () => {
  it('are those that were allowed there, of every account, each once', async () => {
    const { fixture, account } = await remoteVault()
    const local = await openLocal(fixture.opened)
    const [one, other] = [await newKey(fixture, account, 'one'), await newKey(fixture, local, 'other')]
    await newKey(fixture, account, 'none')
    addSite(fixture.opened, account.id, one.key.id, origin, false)
    addSite(fixture.opened, account.id, one.key.id, 'https://example.com', true)
    addSite(fixture.opened, local.id, other.key.id, 'https://example.com', true)
    expect(namesAt(fixture)).toEqual(['one', 'other'])
    expect(namesAt(fixture, 'https://evil.example')).toEqual([])
    expect(namesAt(fixture, 'null')).toEqual([])
  })

  it('are those whose value is here', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const told = await elsewhere.create('elsewhere')
    await refreshKeys(fixture.opened, account.id)
    const here = await newKey(fixture, account, 'here')
    const missing = await newKey(fixture, account, 'missing')
    fixture.keychain.items.delete(items.value(account.id, missing.key.id))
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    fixture.keychain.failure = 'locked'
    const sealed = await createKey(fixture.opened, account.id, 'sealed')
    for (const id of [told.key.id, here.key.id, missing.key.id, sealed.id]) addSite(fixture.opened, account.id, id, origin, false)
    expect(namesAt(fixture)).toEqual(['here', 'sealed'])
    expect(keysWithValue(fixture.opened).map(({ name }) => name)).toEqual(['here', 'sealed'])
  })

  it('include disabled ones: whether a key works elsewhere is not the vault’s decision', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    await disableKey(fixture.opened, account.id, key.id)
    expect(keysForOrigin(fixture.opened, origin)).toMatchObject([{ name: 'ci', enabled: false }])
  })
})
