import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Diagnosis,
  examine,
  examineClosed,
  examineItems,
  type ItemsReport,
  type KeychainReport,
  withAppFinding,
} from '../../../../main/vault/keychain/examine-keychain.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import type { KeyRecord } from '../../../../main/vault/model/key.ts'
import type { Cache } from '../../../../main/vault/ports/cache.ts'
import type { RefusalCode } from '../../../../main/vault/refusal.ts'
import { RootKey } from '../../../../main/vault/session/root-key.ts'
import { account } from '../../ports/cache-records.ts'
import { MemoryDisk } from '../../fakes/cache.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { newRecord, valueOf } from '../fixtures/examined.ts'

const nothing = { findings: [], keys: [] }
const item = (id: string): string => items.value(account.id, id)

let keychain: MemoryKeychain
let root: RootKey
let cache: Cache

/** A vault of two keys, whose keychain holds everything that was stored. */
beforeEach(() => {
  keychain = new MemoryKeychain()
  root = RootKey.generate()
  cache = new MemoryDisk().open(root.cacheKey())
  keychain.items.set(items.canary, root.check())
  keep(root)
  cache.commit([{ op: 'put-account', account }, ...['ci', 'web'].map((name) => ({ op: 'put-key' as const, key: kept(name) }))])
})

function keep(key: RootKey): void {
  keychain.items.set(items.root, key.toSecret().expose())
}

/** A key's record, with its value in the keychain. */
function kept(name: string): KeyRecord {
  const record = newRecord(name, root)
  keychain.items.set(item(record.id), valueOf(name).expose())
  return record
}

function look(readOnly: RefusalCode | null = null): Promise<ItemsReport> {
  return examineItems({ cache, keychain, root, readOnly })
}

function idOf(name: string): string {
  return cache.keys(account.id).find((key) => key.name === name)?.id ?? ''
}

describe('the items of an open vault', () => {
  it('are fine if the keychain returns what was stored', async () => {
    expect(await look()).toEqual(nothing)
  })

  it('reveal a partly restored keychain: the canary is missing', async () => {
    keychain.items.delete(items.canary)
    expect(await look()).toEqual({ findings: ['changed'], keys: [] })
  })

  it('reveal a value that was removed', async () => {
    keychain.items.delete(item(idOf('web')))
    expect(await look()).toEqual({ findings: ['item-missing'], keys: [{ name: 'web', finding: 'item-missing' }] })
  })

  it('reveal a value that the vault already reported as missing, until it is back', async () => {
    cache.commit([{ op: 'put-key', key: { ...newRecord('web', root), value: 'missing' } }])
    expect(await look()).toEqual(nothing)
    keychain.items.delete(item(idOf('web')))
    expect((await look()).keys).toEqual([{ name: 'web', finding: 'item-missing' }])
  })

  it('reveal a value that was replaced, also by another key’s', async () => {
    keychain.items.set(item(idOf('web')), 'value of ci')
    expect(await look()).toEqual({ findings: ['item-different'], keys: [{ name: 'web', finding: 'item-different' }] })
  })

  it('reveal the value of a key that the server no longer has', async () => {
    cache.commit([{ op: 'put-key', key: { ...kept('old'), goneAt: 1 } }])
    keychain.items.delete(item(idOf('old')))
    expect((await look()).keys).toEqual([{ name: 'old', finding: 'item-missing' }])
  })

  it('are fine if a value was never here, or if its content is unknown', async () => {
    const elsewhere: KeyRecord = { ...newRecord('elsewhere', root), value: 'elsewhere' }
    cache.commit([
      { op: 'put-key', key: elsewhere },
      { op: 'put-key', key: { ...kept('unknown'), fingerprint: null } },
    ])
    expect(await look()).toEqual(nothing)
  })

  it('do not include a key that was deleted while its item was read', async () => {
    const id = idOf('web')
    keychain.items.delete(item(id))
    keychain.failing = (_call, asked) => {
      if (asked === item(id)) cache.commit([{ op: 'drop-key', accountId: account.id, id }])
      return null
    }
    expect(await look()).toEqual(nothing)
  })

  it('reveal a keychain that was emptied, and the values that were lost with it', async () => {
    keychain.items.clear()
    expect(await look()).toEqual({
      findings: ['reset', 'item-missing'],
      keys: [
        { name: 'ci', finding: 'item-missing' },
        { name: 'web', finding: 'item-missing' },
      ],
    })
  })

  it.each([
    ['the root key of another vault', () => keep(RootKey.generate())],
    ['what is no root key', () => keychain.items.set(items.root, 'text')],
    ['another vault’s canary', () => keychain.items.set(items.canary, RootKey.generate().check())],
  ])('reveal that the keychain has %s', async (_what, change) => {
    change()
    expect((await look()).findings).toEqual(['changed'])
  })

  it('explain why a vault is read-only, whose temporary root key the keychain never had', async () => {
    keychain.items.clear()
    cache = new MemoryDisk().open(root.cacheKey())
    expect(await look('keychain-reset')).toEqual({ findings: ['reset'], keys: [] })
    expect(await look('keychain-mismatch')).toEqual({ findings: ['changed'], keys: [] })
    expect(await look('profile-corrupt')).toEqual(nothing)
  })

  it.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['timeout', 'timeout'],
    ['unavailable', 'died'],
    ['library-missing', 'library-missing'],
  ] as const)('are not reported as missing if the keychain becomes %s during the check', async (failure, finding) => {
    keychain.items.delete(item(idOf('ci')))
    keychain.failing = (_call, asked) => {
      if (asked === item(idOf('web'))) keychain.failure = failure
      return keychain.failure
    }
    expect(await look()).toEqual({ findings: [finding], keys: [] })
  })

  it('are only read', async () => {
    await look()
    const names = [items.root, items.canary, ...['ci', 'web'].map((name) => item(idOf(name)))]
    expect(keychain.calls).toEqual(names.map((name) => `read ${name}`))
  })
})

describe('the items of a closed vault', () => {
  it('are fine if the root key is the one that the profile was made with', async () => {
    expect(await examineClosed(keychain, root.check(), true)).toEqual(nothing)
  })

  it('are fine before the first start', async () => {
    keychain.items.clear()
    expect(await examineClosed(keychain, null, false)).toEqual(nothing)
  })

  it('reveal a missing root key, whether its check is noted or not', async () => {
    keychain.items.clear()
    expect(await examineClosed(keychain, root.check(), true)).toEqual({ findings: ['reset'], keys: [] })
    expect(await examineClosed(keychain, root.check(), false)).toEqual({ findings: ['reset'], keys: [] })
    expect(await examineClosed(keychain, null, true)).toEqual({ findings: ['reset'], keys: [] })
  })

  it('reveal a different or an invalid root key', async () => {
    keep(RootKey.generate())
    expect((await examineClosed(keychain, root.check(), true)).findings).toEqual(['changed'])
    expect(await examineClosed(keychain, null, true)).toEqual(nothing)
    keychain.items.set(items.root, 'text')
    expect((await examineClosed(keychain, null, true)).findings).toEqual(['changed'])
  })

  it('are not reported as missing by a locked keychain', async () => {
    keychain.failure = 'locked'
    expect(await examineClosed(keychain, root.check(), true)).toEqual({ findings: ['locked'], keys: [] })
  })
})

describe('the diagnosis', () => {
  const keychainLook =
    (...findings: KeychainReport['findings']) =>
    () =>
      Promise.resolve({ provider: 'kwalletd6', desktop: 'kde' as const, findings })

  it('is fine if nothing was found', async () => {
    expect(await examine('os', keychainLook(), look)).toEqual({
      ...{ keychain: 'os', provider: 'kwalletd6', desktop: 'kde' },
      ...{ findings: ['fine'], keys: [] },
    })
  })

  it('does not read items from a keychain that is in trouble', async () => {
    const told = await examine('os', keychainLook('locked'), look)
    expect(told).toMatchObject({ findings: ['locked'], keys: [] })
    expect(keychain.calls).toEqual([])
  })

  it('lists each finding once, in the order in which to act', async () => {
    keychain.items.delete(items.root)
    keychain.items.set(item(idOf('ci')), 'another')
    keychain.items.delete(item(idOf('web')))
    cache.commit([{ op: 'put-key', key: kept('third') }])
    keychain.items.delete(item(idOf('third')))
    const told = await examine('os', keychainLook(), look)
    expect(told.findings).toEqual(['reset', 'item-missing', 'item-different'])
    expect(told.keys.map(({ name }) => name)).toEqual(['ci', 'web', 'third'])
    const both = await examine('os', keychainLook('no-service', 'library-missing'), look)
    expect(both.findings).toEqual(['library-missing', 'no-service'])
  })

  it('contains no value', async () => {
    keychain.items.set(item(idOf('web')), 'a value of another program')
    expect(JSON.stringify(await examine('os', keychainLook(), look))).not.toMatch(/value of/)
  })

  it('is refused if the vault was locked meanwhile', async () => {
    root.wipe()
    await expect(examine('os', keychainLook(), look)).rejects.toMatchObject({ code: 'locked' })
  })
})

describe('a diagnosis of an app whose own files were changed', () => {
  const diagnosis = (findings: Diagnosis['findings']): Diagnosis => ({
    keychain: 'os',
    provider: null,
    desktop: 'none',
    findings,
    keys: [],
  })

  it('starts with that finding and is not fine', () => {
    expect(withAppFinding(diagnosis(['fine']), false).findings).toEqual(['app-changed'])
    expect(withAppFinding(diagnosis(['locked']), false).findings).toEqual(['app-changed', 'locked'])
  })

  it('is unchanged for an intact app', () => {
    expect(withAppFinding(diagnosis(['fine']), true).findings).toEqual(['fine'])
  })
})
