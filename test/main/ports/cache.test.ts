import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCache } from '../../../main/realm/cache.ts'
import { setCacheAside } from '../../../main/realm/set-aside.ts'
import type { Account } from '../../../main/vault/account.ts'
import type { Cache, Change } from '../../../main/vault/ports.ts'
import { MemoryDisk } from '../twins/cache.ts'
import { codeThrown } from '../vault/refused.ts'
import { account, creation, deletion, filled, key, local, made, record, refused, sealed } from './cache-records.ts'

let folder: string
const open = new Set<Cache>()
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'latchkey-cache-'))))
afterEach(() => {
  for (const cache of open) cache.close()
  open.clear()
  rmSync(folder, { recursive: true })
})

function kept(cache: Cache): Cache {
  open.add(cache)
  return cache
}

interface Disk {
  /** Opens the same cache again and again; one at a time. */
  open(withKey?: Uint8Array): Cache
  damage(): void
  setAside(): void
}

const kinds: { kind: string; disk: () => Disk }[] = [
  {
    kind: 'the encrypted cache',
    disk: () => {
      const path = join(folder, 'cache', 'cache.realm')
      return {
        open: (withKey = key) => kept(openCache(path, withKey)),
        damage: () => writeFileSync(path, readFileSync(path).fill(1, 0, 100)),
        setAside: () => setCacheAside(path),
      }
    },
  },
  {
    kind: 'its twin in memory',
    disk: () => {
      const disk = new MemoryDisk()
      return { open: (withKey = key) => kept(disk.open(withKey)), damage: () => disk.damage(), setAside: () => disk.setAside() }
    },
  },
]

function contents(cache: Cache): unknown {
  return ['a0', 'a1'].map((id) => ({
    account: cache.accounts().find((one) => one.id === id),
    keys: cache.keys(id),
    intents: cache.intents(id),
    news: cache.news(id),
    releases: cache.releases(id),
    isCurrent: cache.current() === id,
  }))
}

const nothing = { account: undefined, keys: [], intents: [], news: [], releases: [], isCurrent: false }
const whole = [
  {
    account,
    keys: [record, sealed],
    intents: [creation, deletion],
    news: [made, refused],
    releases: Array(2).fill({ accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 }),
    isCurrent: true,
  },
  {
    account: local,
    keys: [{ ...record, accountId: 'a1' }],
    intents: [{ ...creation, accountId: 'a1' }],
    news: [{ ...made, accountId: 'a1' }],
    releases: [{ accountId: 'a1', keyId: record.id, purpose: 'reveal', requester: { kind: 'person' }, at: 4 }],
    isCurrent: false,
  },
]

describe.each(kinds)('$kind', ({ disk }) => {
  it('begins empty, and nobody is current', () => {
    const cache = disk().open()
    expect([cache.accounts(), cache.current(), contents(cache)]).toEqual([[], null, [nothing, nothing]])
  })

  it('gives back every field of what was put into it, by account', () => {
    expect(contents(filled(disk().open()))).toEqual(whole)
  })

  it('holds it all when it is opened again', () => {
    const { open: openAgain } = disk()
    filled(openAgain()).close()
    expect(contents(openAgain())).toEqual(whole)
  })

  it('replaces a record of the same id, to the last field', () => {
    const cache = filled(disk().open())
    const other: Account = { ...account, server: null, email: null, signedIn: false, syncedAt: null, trouble: null }
    cache.commit([
      { op: 'put-account', account: other },
      { op: 'put-key', key: { ...record, fingerprint: null, verified: null, lastFour: null, enabled: false } },
      { op: 'put-key', key: { ...sealed, value: 'here', sealed: null, goneAt: null, verified: { verdict: 'deleted', at: 8 } } },
      { op: 'put-intent', intent: { ...creation, sent: true } },
      { op: 'put-intent', intent: { ...deletion, kind: 'disable', wasEnabled: false } },
      { op: 'put-news', news: { ...made, what: 'gone', keyId: null, name: 'old' } },
    ])
    expect(contents(cache)).toEqual([
      {
        ...whole[0],
        account: other,
        keys: [
          { ...record, fingerprint: null, verified: null, lastFour: null, enabled: false },
          { ...sealed, value: 'here', sealed: null, goneAt: null, verified: { verdict: 'deleted', at: 8 } },
        ],
        intents: [
          { ...creation, sent: true },
          { ...deletion, kind: 'disable', wasEnabled: false },
        ],
        news: [{ ...made, what: 'gone', keyId: null, name: 'old' }, refused],
      },
      whole[1],
    ])
  })

  it('gives intents in their order and news by age, whatever order they were put in; news of one time as it was put', () => {
    const cache = disk().open()
    const ids = Array.from({ length: 40 }, (_, index) => (1000 - index * 7).toString(16).padStart(16, '0'))
    const orders = ids.map((_, index) => (index * 17) % 40)
    cache.commit(ids.map((id, index) => ({ op: 'put-intent', intent: { ...creation, id, order: orders[index] ?? 0 } })))
    cache.commit(ids.map((id, index) => ({ op: 'put-news', news: { ...made, id, at: index < 20 ? 2 : 1 } })))
    expect(cache.intents('a0').map(({ order }) => order)).toEqual(ids.map((_, index) => index))
    expect(cache.news('a0').map(({ id }) => id)).toEqual([...ids.slice(20), ...ids.slice(0, 20)])
  })

  it('keeps an account the current one when it is put again', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'put-account', account: { ...account, signedIn: false } }])
    expect(cache.current()).toBe('a0')
  })

  it("drops a key, an intent or news of one account, and leaves another account's of the same id", () => {
    const cache = filled(disk().open())
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', id: creation.id },
      { op: 'drop-news', accountId: 'a0', id: made.id },
    ])
    expect(contents(cache)).toEqual([{ ...whole[0], keys: [sealed], intents: [deletion], news: [refused] }, whole[1]])
  })

  it('takes dropping what is not there for done', () => {
    const cache = disk().open()
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', id: creation.id },
      { op: 'drop-news', accountId: 'a0', id: made.id },
      { op: 'drop-account', id: 'a0' },
    ])
    expect(contents(cache)).toEqual([nothing, nothing])
  })

  it('drops an account with its keys, intents, news and journal, and no other', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'drop-account', id: 'a0' }])
    expect(contents(cache)).toEqual([nothing, whole[1]])
    expect(cache.current()).toBe(null)
  })

  it('has one current account or none', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'put-current', id: 'a1' }])
    expect(cache.current()).toBe('a1')
    cache.commit([{ op: 'put-current', id: null }])
    expect(cache.current()).toBe(null)
  })

  it('makes an account current in the commit that puts it', () => {
    const cache = disk().open()
    cache.commit([
      { op: 'put-account', account },
      { op: 'put-current', id: 'a0' },
    ])
    expect(cache.current()).toBe('a0')
  })

  it('commits all or nothing', () => {
    const cache = filled(disk().open())
    const fails = [
      { op: 'drop-account', id: 'a1' },
      { op: 'put-key', key: { ...record, name: () => 'a name that no file can hold' } },
    ] as unknown as Change[]
    expect(() => cache.commit(fails)).toThrow()
    expect(contents(cache)).toEqual(whole)
  })

  it('gives copies: changing one changes nothing in it', () => {
    const cache = filled(disk().open())
    Object.assign(cache.keys('a0')[0] ?? {}, { name: 'other' })
    expect(cache.keys('a0')[0]?.name).toBe('ci')
  })

  it('refuses another key, and opens with the right one as before', () => {
    const { open: openAgain } = disk()
    filled(openAgain()).close()
    expect(codeThrown(() => openAgain(new Uint8Array(64).fill(8)))).toBe('profile-corrupt')
    expect(contents(openAgain())).toEqual(whole)
  })

  it('refuses to open when it is damaged, with any key, until it is set aside: then one begins empty, with a new key too', () => {
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

  // Reading a closed cache once threw the SDK's own error, which was told as a fault of ours instead of a locked vault.
  it('is locked once it is closed, for reading too', () => {
    const cache = filled(disk().open())
    cache.close()
    const calls: (() => unknown)[] = [
      () => cache.accounts(),
      () => cache.current(),
      () => cache.keys('a0'),
      () => cache.intents('a0'),
      () => cache.news('a0'),
      () => cache.releases('a0'),
      () => cache.commit([]),
    ]
    expect(calls.map(codeThrown)).toEqual(calls.map(() => 'locked'))
  })
})
