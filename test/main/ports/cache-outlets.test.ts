import { describe, expect, it } from 'vitest'
import { contents, kinds, whole } from './cache-kinds.ts'
import { filled, grant, otherSite, pairing, record, releases, sealed, site, siteGrant, unused } from './cache-records.ts'

describe.each(kinds)('releases, sites and grants in $kind', ({ disk }) => {
  it('returns the last releases of a key, newest first whatever the clock said, without verifications', () => {
    const cache = filled(disk().open())
    const [copied, again, typed, , , later] = releases
    expect(cache.lastReleases('a0', record.id, 10)).toEqual([later, typed, again, copied])
    expect(cache.lastReleases('a0', record.id, 2)).toEqual([later, typed])
    expect(cache.lastReleases('a0', 'another', 2)).toEqual([])
    expect(cache.lastReleases('a1', sealed.id, 2)).toEqual([])
  })

  it('returns when each key of an account was last used', () => {
    const cache = filled(disk().open())
    const used = releases.filter(({ accountId, purpose }) => accountId === 'a0' && purpose !== 'verify')
    const ids = [...new Set(used.map(({ keyId }) => keyId))]
    expect(ids.length).toBeGreaterThan(0)
    expect(cache.lastUses('a0')).toEqual(new Map(ids.map((id) => [id, cache.lastReleases('a0', id, 1)[0]?.at])))
    expect(cache.lastUses('a1')).toEqual(new Map([[record.id, 4]]))
    expect(cache.lastUses('another')).toEqual(new Map())
  })

  it('drops the grants of a pairing’s sites with it, for every account, and no others', () => {
    const cache = filled(disk().open())
    const ofOther = { ...siteGrant, id: 'b0', requester: { ...siteGrant.requester, pairing: unused.id } } as const
    cache.commit([
      { op: 'put-grant', grant: { ...siteGrant, accountId: 'a1' } },
      { op: 'put-grant', grant: ofOther },
      { op: 'drop-pairing', id: pairing.id },
    ])
    expect(cache.pairings()).toEqual([unused])
    expect(contents(cache)).toEqual([{ ...whole[0], grants: [grant, ofOther] }, whole[1]])
  })

  it('drops a single site or grant', () => {
    const cache = filled(disk().open())
    cache.commit([
      { op: 'drop-site', accountId: 'a0', id: site.id },
      { op: 'drop-grant', accountId: 'a0', id: grant.id },
    ])
    expect(contents(cache)).toEqual([{ ...whole[0], sites: [otherSite], grants: [siteGrant] }, whole[1]])
  })
})
