import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCache } from '../../../main/realm/cache.ts'
import type { Account } from '../../../main/vault/account.ts'
import type { Cache, Change } from '../../../main/vault/ports.ts'
import { MemoryDisk } from '../twins/cache.ts'
import { codeThrown } from '../vault/refused.ts'
import { account, filled, key, local, record, sealed } from './cache-records.ts'

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

/** @returns how to open the same cache again and again; one at a time */
const kinds = [
  {
    kind: 'the encrypted cache',
    disk: () => {
      const path = join(folder, 'cache', 'cache.realm')
      return (withKey = key) => kept(openCache(path, withKey))
    },
  },
  {
    kind: 'its twin in memory',
    disk: () => {
      const disk = new MemoryDisk()
      return (withKey = key) => kept(disk.open(withKey))
    },
  },
]

function contents(cache: Cache): unknown {
  return ['a0', 'a1'].map((id) => ({
    account: cache.accounts().find((one) => one.id === id),
    keys: cache.keys(id),
    intents: cache.intents(id),
    releases: cache.releases(id),
    isCurrent: cache.current() === id,
  }))
}

const whole = [
  {
    account,
    keys: [record, sealed],
    intents: [{ accountId: 'a0', name: 'next', startedAt: 1_700_000_000_789 }],
    releases: Array(2).fill({ accountId: 'a0', keyId: record.id, purpose: 'copy', at: 3 }),
    isCurrent: true,
  },
  {
    account: local,
    keys: [{ ...record, accountId: 'a1' }],
    intents: [{ accountId: 'a1', name: 'next', startedAt: 2 }],
    releases: [{ accountId: 'a1', keyId: record.id, purpose: 'reveal', at: 4 }],
    isCurrent: false,
  },
]

describe.each(kinds)('$kind', ({ disk }) => {
  it('begins empty, and nobody is current', () => {
    const cache = disk()()
    expect([cache.accounts(), cache.current(), cache.keys('a0'), cache.intents('a0'), cache.releases('a0')]).toEqual([[], null, [], [], []])
  })

  it('gives back every field of what was put into it, by account', () => {
    expect(contents(filled(disk()()))).toEqual(whole)
  })

  it('holds it all when it is opened again', () => {
    const openAgain = disk()
    filled(openAgain()).close()
    expect(contents(openAgain())).toEqual(whole)
  })

  it('replaces a record of the same id, to the last field', () => {
    const cache = filled(disk()())
    const other: Account = { ...account, server: null, email: null, signedIn: false, syncedAt: null, trouble: null }
    cache.commit([
      { op: 'put-account', account: other },
      { op: 'put-key', key: { ...sealed, value: 'here', sealed: null, goneAt: null, lastFour: null, enabled: false } },
      { op: 'put-intent', intent: { accountId: 'a0', name: 'next', startedAt: 9 } },
    ])
    expect(cache.accounts().find(({ id }) => id === 'a0')).toEqual(other)
    expect(cache.keys('a0')).toEqual([
      record,
      { ...sealed, value: 'here', sealed: null, goneAt: null, lastFour: null, enabled: false },
    ])
    expect(cache.intents('a0')).toEqual([{ accountId: 'a0', name: 'next', startedAt: 9 }])
    expect(cache.current()).toBe('a0')
  })

  it("drops a key or an intent of one account, and leaves another account's of the same id", () => {
    const cache = filled(disk()())
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', name: 'next' },
    ])
    expect([cache.keys('a0'), cache.intents('a0')]).toEqual([[sealed], []])
    expect([cache.keys('a1').length, cache.intents('a1').length]).toEqual([1, 1])
  })

  it('takes dropping what is not there for done', () => {
    const cache = disk()()
    cache.commit([
      { op: 'drop-key', accountId: 'a0', id: record.id },
      { op: 'drop-intent', accountId: 'a0', name: 'next' },
      { op: 'drop-account', id: 'a0' },
    ])
    expect(cache.accounts()).toEqual([])
  })

  it('drops an account with its keys, intents and journal, and no other', () => {
    const cache = filled(disk()())
    cache.commit([{ op: 'drop-account', id: 'a0' }])
    const nothing = { account: undefined, keys: [], intents: [], releases: [], isCurrent: false }
    expect(contents(cache)).toEqual([nothing, whole[1]])
    expect(cache.current()).toBe(null)
  })

  it('has one current account or none', () => {
    const cache = filled(disk()())
    cache.commit([{ op: 'put-current', id: 'a1' }])
    expect(cache.current()).toBe('a1')
    cache.commit([{ op: 'put-current', id: null }])
    expect(cache.current()).toBe(null)
  })

  it('makes an account current in the commit that puts it', () => {
    const cache = disk()()
    cache.commit([
      { op: 'put-account', account },
      { op: 'put-current', id: 'a0' },
    ])
    expect(cache.current()).toBe('a0')
  })

  it('commits all or nothing', () => {
    const cache = filled(disk()())
    const fails = [
      { op: 'drop-account', id: 'a1' },
      { op: 'put-key', key: { ...record, name: () => 'a name that no file can hold' } },
    ] as unknown as Change[]
    expect(() => cache.commit(fails)).toThrow()
    expect(contents(cache)).toEqual(whole)
  })

  it('gives copies: changing one changes nothing in it', () => {
    const cache = filled(disk()())
    Object.assign(cache.keys('a0')[0] ?? {}, { name: 'other' })
    expect(cache.keys('a0')[0]?.name).toBe('ci')
  })

  it('refuses another key, and opens with the right one as before', () => {
    const openAgain = disk()
    filled(openAgain()).close()
    expect(codeThrown(() => openAgain(new Uint8Array(64).fill(8)))).toBe('profile-corrupt')
    expect(contents(openAgain())).toEqual(whole)
  })

  // Reading a closed cache once threw the SDK's own error, which was told as a fault of ours instead of a locked vault.
  it('is locked once it is closed, for reading too', () => {
    const cache = filled(disk()())
    cache.close()
    const calls: (() => unknown)[] = [
      () => cache.accounts(),
      () => cache.current(),
      () => cache.keys('a0'),
      () => cache.intents('a0'),
      () => cache.releases('a0'),
      () => cache.commit([]),
    ]
    expect(calls.map(codeThrown)).toEqual(calls.map(() => 'locked'))
  })
})
