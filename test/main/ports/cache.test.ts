import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../shared/key-details.ts'
import type { Account } from '../../../main/vault/model/account.ts'
import type { Change } from '../../../main/vault/ports/cache.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'
import { contents, kinds, nothing, whole } from './cache-kinds.ts'
import {
  account,
  creation,
  deletion,
  filled,
  grant,
  made,
  otherSite,
  pairing,
  plainCreation,
  record,
  refused,
  releases,
  sealed,
  site,
  siteGrant,
  unused,
} from './cache-records.ts'

describe.each(kinds)('$kind', ({ disk }) => {
  it('starts empty, without a current account', () => {
    const cache = disk().open()
    expect([cache.accounts(), cache.current(), cache.pairings(), contents(cache)]).toEqual([[], null, [], [nothing, nothing]])
  })

  it('returns every field that was stored, by account', () => {
    const cache = filled(disk().open())
    expect(contents(cache)).toEqual(whole)
    expect(cache.pairings()).toEqual([unused, pairing])
  })

  it('returns everything after it is opened again', () => {
    const { open: openAgain } = disk()
    filled(openAgain()).close()
    const again = openAgain()
    expect(contents(again)).toEqual(whole)
    expect(again.pairings()).toEqual([unused, pairing])
  })

  it('replaces every field of a record with the same id', () => {
    const cache = filled(disk().open())
    const other: Account = { ...account, server: null, email: null, signedIn: false, syncedAt: null, trouble: null }
    cache.commit([
      { op: 'put-account', account: other },
      { op: 'put-key', key: { ...record, fingerprint: null, verified: null, lastFour: null, enabled: false, details: noDetails } },
      { op: 'put-key', key: { ...sealed, value: 'here', sealed: null, goneAt: null, verified: { verdict: 'deleted', at: 8 } } },
      { op: 'put-intent', intent: { ...plainCreation, sent: true } },
      { op: 'put-intent', intent: { ...deletion, kind: 'disable', wasEnabled: false } },
      { op: 'put-news', news: { ...made, what: 'gone', keyId: null, name: 'old' } },
      { op: 'put-site', site: { ...site, keyId: sealed.id, origin: 'https://x.example', subdomains: false, at: 20 } },
      { op: 'put-grant', grant: { ...siteGrant, id: grant.id, at: 33 } },
      { op: 'put-pairing', pairing: { ...pairing, lastAt: null, at: 10 } },
    ])
    expect(cache.pairings()).toEqual([{ ...pairing, lastAt: null, at: 10 }, unused])
    expect(contents(cache)).toEqual([
      {
        ...whole[0],
        account: other,
        keys: [
          { ...record, fingerprint: null, verified: null, lastFour: null, enabled: false, details: noDetails },
          { ...sealed, value: 'here', sealed: null, goneAt: null, verified: { verdict: 'deleted', at: 8 } },
        ],
        intents: [
          { ...plainCreation, sent: true },
          { ...deletion, kind: 'disable', wasEnabled: false },
        ],
        news: [{ ...made, what: 'gone', keyId: null, name: 'old' }, refused],
        sites: [{ ...site, keyId: sealed.id, origin: 'https://x.example', subdomains: false, at: 20 }, otherSite],
        grants: [siteGrant, { ...siteGrant, id: grant.id, at: 33 }],
      },
      whole[1],
    ])
  })

  it('returns intents in order and news by age; news of the same time in the order of insertion', () => {
    const cache = disk().open()
    const ids = Array.from({ length: 40 }, (_, index) => (1000 - index * 7).toString(16).padStart(16, '0'))
    const orders = ids.map((_, index) => (index * 17) % 40)
    cache.commit(ids.map((id, index) => ({ op: 'put-intent', intent: { ...creation, id, order: orders[index] ?? 0 } })))
    cache.commit(ids.map((id, index) => ({ op: 'put-news', news: { ...made, id, at: index < 20 ? 2 : 1 } })))
    expect(cache.intents('a0').map(({ order }) => order)).toEqual(ids.map((_, index) => index))
    expect(cache.news('a0').map(({ id }) => id)).toEqual([...ids.slice(20), ...ids.slice(0, 20)])
  })

  it('keeps an account current when it is stored again', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'put-account', account: { ...account, signedIn: false } }])
    expect(cache.current()).toBe('a0')
  })

  it('drops a key, an intent or news of one account, and not another account’s of the same id', () => {
    const cache = filled(disk().open())
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', id: creation.id },
      { op: 'drop-news', accountId: 'a0', id: made.id },
    ])
    // The key's sites and grants are dropped with it; its journal lines stay.
    const left = { keys: [sealed], intents: [deletion], news: [refused], sites: [otherSite], grants: [siteGrant] }
    expect(contents(cache)).toEqual([{ ...whole[0], ...left }, whole[1]])
  })

  it('ignores a drop of something that does not exist', () => {
    const cache = disk().open()
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', id: creation.id },
      { op: 'drop-news', accountId: 'a0', id: made.id },
      { op: 'drop-site', accountId: 'a0', id: site.id },
      { op: 'drop-grant', accountId: 'a0', id: grant.id },
      { op: 'drop-pairing', id: pairing.id },
      { op: 'trim-journal', limit: 1 },
      { op: 'drop-account', id: 'a0' },
    ])
    expect(contents(cache)).toEqual([nothing, nothing])
  })

  it('drops an account with everything of its own except the journal, and no other account', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'drop-account', id: 'a0' }])
    expect(contents(cache)).toEqual([{ ...nothing, releases }, whole[1]])
    expect(cache.pairings()).toEqual([unused, pairing])
    expect(cache.current()).toBe(null)
  })

  it('has at most one current account', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'put-current', id: 'a1' }])
    expect(cache.current()).toBe('a1')
    cache.commit([{ op: 'put-current', id: null }])
    expect(cache.current()).toBe(null)
  })

  it('makes an account current in the commit that stores it', () => {
    const cache = disk().open()
    cache.commit([
      { op: 'put-account', account },
      { op: 'put-current', id: 'a0' },
    ])
    expect(cache.current()).toBe('a0')
  })

  it('commits atomically', () => {
    const cache = filled(disk().open())
    const fails = [
      { op: 'drop-account', id: 'a1' },
      { op: 'put-key', key: { ...record, name: () => 'a name that no file can hold' } },
    ] as unknown as Change[]
    expect(() => cache.commit(fails)).toThrow()
    expect(contents(cache)).toEqual(whole)
  })

  it('returns copies, so that changing one has no effect', () => {
    const cache = filled(disk().open())
    Object.assign(cache.keys('a0')[0] ?? {}, { name: 'other' })
    expect(cache.keys('a0')[0]?.name).toBe('ci')
  })

  it('refuses another key, and still opens with the right one', () => {
    const { open: openAgain } = disk()
    filled(openAgain()).close()
    expect(codeThrown(() => openAgain(new Uint8Array(64).fill(8)))).toBe('profile-corrupt')
    expect(contents(openAgain())).toEqual(whole)
  })

  it('refuses to open when damaged, with any key, until it is set aside and a new one starts empty', () => {
    const { open: openAgain, damage, setAside } = disk()
    filled(openAgain()).close()
    damage()
    expect(codeThrown(() => openAgain())).toBe('profile-corrupt')
    const other = new Uint8Array(64).fill(8)
    expect(codeThrown(() => openAgain(other))).toBe('profile-corrupt')
    setAside()
    const anew = openAgain(other)
    expect(contents(anew)).toEqual([nothing, nothing])
    filled(anew).close()
    expect(contents(openAgain(other))).toEqual(whole)
  })

  // Reading a closed cache used to throw the SDK's own error, which was reported as an internal error instead of a locked vault.
  it('is locked after it is closed, for reads too', () => {
    const cache = filled(disk().open())
    cache.close()
    const calls: (() => unknown)[] = [
      () => cache.accounts(),
      () => cache.current(),
      () => cache.keys('a0'),
      () => cache.intents('a0'),
      () => cache.news('a0'),
      () => cache.lines({ limit: 1 }),
      () => cache.releases('a0'),
      () => cache.lastReleases('a0', record.id, 1),
      () => cache.sites('a0'),
      () => cache.grants('a0'),
      () => cache.pairings(),
      () => cache.commit([]),
    ]
    expect(calls.map(codeThrown)).toEqual(calls.map(() => 'locked'))
  })
})
