import { describe, expect, it } from 'vitest'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { addSite, keysForOrigin, keysWithValue, learnSite, removeSite, sitesOf } from '../../../../main/vault/release/sites.ts'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { goneAndBack, type House, localHouse, newKey, recordOf, remoteHouse } from '../fixtures/vault.ts'
import { codeThrown } from '../fixtures/refused.ts'
import { origin } from '../fixtures/requesters.ts'

function namesAt(house: House, at = origin): string[] {
  return keysForOrigin(house.opened, at).map(({ name }) => name)
}

describe('the sites of a key', () => {
  it('are what its person added, in the form that origins have', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const one = addSite(house.opened, account.id, key.id, 'Console.Example.com/login', false)
    house.now += 1
    const other = addSite(house.opened, account.id, key.id, 'example.org', true)
    expect(one).toEqual({
      accountId: account.id,
      keyId: key.id,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      origin,
      subdomains: false,
      at: house.now - 1,
    })
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([one, other])
    expect(other).toMatchObject({ origin: 'https://example.org', subdomains: true })
    await house.restart()
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([one, other])
  })

  it('are none twice', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const site = addSite(house.opened, account.id, key.id, origin, false)
    house.now += 1
    expect(addSite(house.opened, account.id, key.id, 'console.example.com', false)).toEqual(site)
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([site])
  })

  // Widened, a site stood in the list twice, and removing one of the two changed nothing.
  it('are none twice where their sub-domains come in later', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const { id } = addSite(house.opened, account.id, key.id, origin, false)
    const wide = addSite(house.opened, account.id, key.id, origin, true)
    expect(wide).toMatchObject({ id, subdomains: true })
    expect(addSite(house.opened, account.id, key.id, origin, false)).toEqual(wide)
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([wide])
  })

  it.each(['', 'http://console.example.com', 'user@console.example.com', 'about:blank', '*.example.com'])('are not %j', async (typed) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(codeThrown(() => addSite(house.opened, account.id, key.id, typed, false))).toBe('site-invalid')
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([])
  })

  it.each(['github.io', 'co.uk', 'intranet', '192.168.1.10', 'localhost:3000'])('have no sub-domains at %s', async (typed) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(codeThrown(() => addSite(house.opened, account.id, key.id, typed, true))).toBe('site-invalid')
    expect(codeThrown(() => addSite(house.opened, account.id, key.id, typed, false))).toBe(null)
  })

  it('are those of a key that there is', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(codeThrown(() => addSite(house.opened, account.id, '64a000000000000000000009', origin, false))).toBe('key-not-found')
    expect(codeThrown(() => addSite(house.opened, 'another', key.id, origin, false))).toBe('key-not-found')
  })

  it('can be removed, also twice, and by their own account alone', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const site = addSite(house.opened, account.id, key.id, origin, false)
    removeSite(house.opened, 'another', site.id)
    expect(namesAt(house)).toEqual(['ci'])
    removeSite(house.opened, account.id, site.id)
    removeSite(house.opened, account.id, site.id)
    expect([sitesOf(house.opened, account.id, key.id), namesAt(house)]).toEqual([[], []])
  })

  it('are told to the windows as they change', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.announced.length = 0
    const site = addSite(house.opened, account.id, key.id, origin, false)
    removeSite(house.opened, account.id, site.id)
    expect(house.announced).toEqual(['keys', 'keys'])
  })

  it('go with their key, and with their account', async () => {
    const { house, account } = await localHouse()
    const [one, other] = [await newKey(house, account, 'one'), await newKey(house, account, 'other')]
    for (const { key } of [one, other]) addSite(house.opened, account.id, key.id, origin, false)
    await deleteKey(house.opened, account.id, one.key.id, 'one')
    expect(house.opened.cache.sites(account.id).map(({ keyId }) => keyId)).toEqual([other.key.id])
    await signOut(house.opened, account.id, true)
    expect(house.opened.cache.sites(account.id)).toEqual([])
  })

  it('go with their key, though the keychain does not let go of its value yet', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, true)
    house.keychain.failure = 'locked'
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(recordOf(house, account, key.id)?.goneAt).toBe(house.now)
    expect(house.opened.cache.sites(account.id)).toEqual([])
  })

  it('go when the server no longer has their key, and do not come back with it', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    await goneAndBack(house, account, () => expect([namesAt(house), house.opened.cache.sites(account.id)]).toEqual([[], []]))
    expect(namesAt(house)).toEqual([])
  })
})

describe('a site that was learned on it', () => {
  it('is that origin', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    expect(learnSite(house.opened, account.id, key.id, origin, false)).toMatchObject({ origin, subdomains: false })
    expect([namesAt(house), namesAt(house, 'https://api.example.com')]).toEqual([['ci'], []])
  })

  it('is, with its sub-domains, the domain that the person was shown', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const at = 'https://console.example.com:8443'
    expect(learnSite(house.opened, account.id, key.id, at, true)).toMatchObject({ origin: 'https://example.com:8443', subdomains: true })
    expect(namesAt(house, at)).toEqual(['ci'])
    expect(namesAt(house, 'https://api.example.com:8443')).toEqual(['ci'])
    expect(namesAt(house, 'https://api.example.com')).toEqual([])
  })

  it('has no sub-domains where nobody could have been shown any', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    for (const at of ['https://github.io', 'http://localhost:3000', 'https://10.0.0.1']) {
      expect(codeThrown(() => learnSite(house.opened, account.id, key.id, at, true))).toBe('site-invalid')
    }
    expect(sitesOf(house.opened, account.id, key.id)).toEqual([])
  })
})

describe('the keys at a site', () => {
  it('are those that were given to it, of every account, each once', async () => {
    const { house, account } = await remoteHouse()
    const local = await openLocal(house.opened)
    const [one, other] = [await newKey(house, account, 'one'), await newKey(house, local, 'other')]
    await newKey(house, account, 'none')
    addSite(house.opened, account.id, one.key.id, origin, false)
    addSite(house.opened, account.id, one.key.id, 'https://example.com', true)
    addSite(house.opened, local.id, other.key.id, 'https://example.com', true)
    expect(namesAt(house)).toEqual(['one', 'other'])
    expect(namesAt(house, 'https://evil.example')).toEqual([])
    expect(namesAt(house, 'null')).toEqual([])
  })

  it('are those whose value can be given', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const told = await elsewhere.create('elsewhere')
    await refreshKeys(house.opened, account.id)
    const here = await newKey(house, account, 'here')
    const missing = await newKey(house, account, 'missing')
    house.keychain.items.delete(items.value(account.id, missing.key.id))
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    house.keychain.failure = 'locked'
    const sealed = await createKey(house.opened, account.id, 'sealed')
    for (const id of [told.key.id, here.key.id, missing.key.id, sealed.id]) addSite(house.opened, account.id, id, origin, false)
    expect(namesAt(house)).toEqual(['here', 'sealed'])
    expect(keysWithValue(house.opened).map(({ name }) => name)).toEqual(['here', 'sealed'])
  })

  it('are disabled ones too: what a key may do elsewhere is not for the vault to say', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    await disableKey(house.opened, account.id, key.id)
    expect(keysForOrigin(house.opened, origin)).toMatchObject([{ name: 'ci', enabled: false }])
  })
})
