import { describe, expect, it } from 'vitest'
import { findKey } from '../../../../main/vault/keys/find-key.ts'
import { listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { lastReleasesOf } from '../../../../main/vault/journal/journal.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite, keysForOrigin, learnSite, removeSite } from '../../../../main/vault/release/sites.ts'
import { type House, localHouse, newKey } from '../fixtures/vault.ts'
import { codeRejected, codeThrown } from '../fixtures/refused.ts'
import { origin, pairedSite, shell } from '../fixtures/requesters.ts'

/** A vault that has lost its root key, and had a key with a site, a pairing and an answer for always. */
async function readOnlyHouse(): Promise<{
  house: House
  accountId: string
  keyId: string
  value: string
  site: ReturnType<typeof pairedSite>
}> {
  const { house, account } = await localHouse()
  const { key, value } = await newKey(house, account)
  addSite(house.opened, account.id, key.id, origin, false)
  const site = pairedSite(house)
  house.approver.answer = 'always'
  await release(house.opened, account.id, key.id, { purpose: 'fill', requester: site })
  house.keychain.items.delete(items.root)
  await house.restart()
  await house.vault.resume()
  house.approver.asked.length = 0
  return { house, accountId: account.id, keyId: key.id, value, site }
}

describe('a vault that is only looked at', () => {
  it('gives its person every value, and says so as long as it is open', async () => {
    const { house, accountId, keyId, value } = await readOnlyHouse()
    expect((await release(house.opened, accountId, keyId, { purpose: 'reveal' })).expose()).toBe(value)
    expect(lastReleasesOf(house.opened, accountId, keyId, 10)).toMatchObject([{ purpose: 'reveal' }])
  })

  it.each(['once', 'for-a-while'] as const)('asks its person each time for a program, though they answered %s', async (answer) => {
    const { house, value } = await readOnlyHouse()
    const { accountId, id } = findKey(house.opened, { account: 'This computer', key: 'ci' })
    house.approver.answer = answer
    for (const times of [1, 2]) {
      expect((await release(house.opened, accountId, id, { purpose: 'get', requester: shell })).expose()).toBe(value)
      expect(house.approver.asked).toHaveLength(times)
    }
    expect(listGrants(house.opened)).toEqual([])
  })

  it('gives no site anything, and takes none up: it does not know its browsers', async () => {
    const { house, accountId, keyId, site } = await readOnlyHouse()
    house.approver.answer = 'always'
    expect(await codeRejected(release(house.opened, accountId, keyId, { purpose: 'fill', requester: site }))).toBe('pairing-needed')
    expect(keysForOrigin(house.opened, origin)).toEqual([])
    expect(codeThrown(() => addSite(house.opened, accountId, keyId, origin, false))).toBe('read-only')
    expect(codeThrown(() => learnSite(house.opened, accountId, keyId, origin, false))).toBe('read-only')
    expect(codeThrown(() => removeSite(house.opened, accountId, 'ffffffffffffffff'))).toBe('read-only')
    expect(house.approver.asked).toEqual([])
  })
})
