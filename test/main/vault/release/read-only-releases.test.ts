import { describe, expect, it } from 'vitest'
import { findKey } from '../../../../main/vault/keys/find-key.ts'
import { listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { lastReleasesOf } from '../../../../main/vault/journal/journal.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite, keysForOrigin, learnSite, removeSite } from '../../../../main/vault/release/sites.ts'
import { localVaultWithKey, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected, codeThrown } from '../fixtures/refused.ts'
import { origin, pairedSite, shell } from '../fixtures/requesters.ts'

/** A vault that lost its root key, and had a key with a site, a pairing and an approval for always. */
async function readOnlyVault(): Promise<{
  fixture: VaultFixture
  accountId: string
  keyId: string
  value: string
  site: ReturnType<typeof pairedSite>
}> {
  const { fixture, account, key, value } = await localVaultWithKey()
  addSite(fixture.opened, account.id, key.id, origin, false)
  const site = pairedSite(fixture)
  fixture.approver.answer = 'always'
  await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: site })
  fixture.keychain.items.delete(items.root)
  await fixture.restartAndResume()
  fixture.approver.asked.length = 0
  return { fixture, accountId: account.id, keyId: key.id, value, site }
}

describe('a read-only vault', () => {
  it('releases every value to its person, and shows so as long as it is open', async () => {
    const { fixture, accountId, keyId, value } = await readOnlyVault()
    expect((await release(fixture.opened, accountId, keyId, { purpose: 'reveal' })).expose()).toBe(value)
    expect(lastReleasesOf(fixture.opened, accountId, keyId, 10)).toMatchObject([{ purpose: 'reveal' }])
  })

  it.each(['once', 'for-a-while'] as const)('prompts each time for a program, even after the answer %s', async (answer) => {
    const { fixture, value } = await readOnlyVault()
    const { accountId, id } = findKey(fixture.opened, { account: 'This computer', key: 'ci' })
    fixture.approver.answer = answer
    for (const times of [1, 2]) {
      expect((await release(fixture.opened, accountId, id, { purpose: 'get', requester: shell })).expose()).toBe(value)
      expect(fixture.approver.asked).toHaveLength(times)
    }
    expect(listGrants(fixture.opened)).toEqual([])
  })

  it('releases nothing to sites, and accepts no pairing, because it does not know its browsers', async () => {
    const { fixture, accountId, keyId, site } = await readOnlyVault()
    fixture.approver.answer = 'always'
    expect(await codeRejected(release(fixture.opened, accountId, keyId, { purpose: 'fill', requester: site }))).toBe('pairing-needed')
    expect(keysForOrigin(fixture.opened, origin)).toEqual([])
    expect(codeThrown(() => addSite(fixture.opened, accountId, keyId, origin, false))).toBe('read-only')
    expect(codeThrown(() => learnSite(fixture.opened, accountId, keyId, origin, false))).toBe('read-only')
    expect(codeThrown(() => removeSite(fixture.opened, accountId, 'ffffffffffffffff'))).toBe('read-only')
    expect(fixture.approver.asked).toEqual([])
  })
})
