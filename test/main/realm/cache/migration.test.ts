import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Realm from 'realm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCache } from '../../../../main/realm/cache/open-cache.ts'
import { codeThrown } from '../../vault/fixtures/refused.ts'

const key = new Uint8Array(64).fill(7)
const [optional, ofAccount] = [
  { type: 'string', optional: true },
  { type: 'string', indexed: true },
] as const

/** The file as version 1 of it was; it does not change any more. */
const versionOne: Realm.ObjectSchema[] = [
  {
    name: 'Account',
    primaryKey: 'id',
    properties: {
      id: 'string',
      url: optional,
      appId: optional,
      method: 'string',
      email: optional,
      userId: 'string',
      signedIn: 'bool',
      syncedAt: 'double?',
      troubleCode: optional,
      troubleAt: 'double?',
      current: 'bool',
    },
  },
  {
    name: 'Key',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: ofAccount,
      id: 'string',
      name: 'string',
      enabled: 'bool',
      value: 'string',
      lastFour: optional,
      sealed: optional,
      goneAt: 'double?',
    },
  },
  {
    name: 'Intent',
    primaryKey: 'recordId',
    properties: { recordId: 'string', accountId: ofAccount, name: 'string', startedAt: 'double' },
  },
  { name: 'Release', properties: { accountId: ofAccount, keyId: 'string', purpose: 'string', at: 'double' } },
]

const account = {
  id: 'a0',
  url: 'https://keys.example',
  appId: 'app-1',
  method: 'email',
  email: 'ada@example.test',
  userId: 'u0',
  signedIn: true,
  syncedAt: 1_700_000_000_123,
  troubleCode: 'server-timeout',
  troubleAt: 1_700_000_000_456,
  current: true,
}
const keyRow = {
  recordId: 'a0/64a000000000000000000001',
  accountId: 'a0',
  id: '64a000000000000000000001',
  name: 'ci',
  enabled: false,
  value: 'sealed',
  lastFour: 'wxyz',
  sealed: 'AbC_-',
  goneAt: 5,
}

describe('a cache file of version 1', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'latchkey-migration-'))))
  afterEach(() => rmSync(folder, { recursive: true }))
  const path = (): string => join(folder, 'cache.realm')

  function make(schemaVersion: number, fill: (file: Realm) => void = () => undefined): void {
    const file = new Realm({ path: path(), schema: versionOne, schemaVersion, encryptionKey: key })
    file.write(() => fill(file))
    file.close()
  }

  function makeFilled(): void {
    make(1, (file) => {
      file.create('Account', account)
      file.create('Account', { ...account, id: 'a1', current: false, troubleCode: null, troubleAt: null })
      file.create('Key', keyRow)
      file.create('Intent', { recordId: 'a0/second', accountId: 'a0', name: 'second', startedAt: 9 })
      file.create('Intent', { recordId: 'a0/first', accountId: 'a0', name: 'first', startedAt: 8 })
      file.create('Intent', { recordId: 'a1/first', accountId: 'a1', name: 'first', startedAt: 7 })
      file.create('Release', { accountId: 'a0', keyId: keyRow.id, purpose: 'copy', at: 3 })
    })
  }

  it('has every record after it was opened, and null where it knew nothing', () => {
    makeFilled()
    const cache = openCache(path(), key)
    const { url, appId, troubleCode, troubleAt, current, ...kept } = account
    const [trouble, server] = [
      { code: troubleCode, at: troubleAt, since: troubleAt },
      { url, appId },
    ]
    expect(cache.accounts()).toEqual([
      { ...kept, server, trouble },
      { ...kept, server, id: 'a1', trouble: null },
    ])
    expect([cache.current(), current]).toEqual(['a0', true])
    const { recordId, ...rest } = keyRow
    expect(cache.keys('a0')).toEqual([{ ...rest, goneFor: 0, fingerprint: null, verified: null }])
    expect(recordId).toBe(`${rest.accountId}/${rest.id}`)
    expect(cache.news('a0')).toEqual([])
    expect(cache.releases('a0')).toEqual([{ accountId: 'a0', keyId: keyRow.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 }])
    cache.close()
  })

  it('makes of a creation under way one that may have been asked for, in the order they began', () => {
    makeFilled()
    const cache = openCache(path(), key)
    const creation = { id: expect.stringMatching(/^[0-9a-f]{16}$/), kind: 'create', keyId: null, wasEnabled: null, sent: true }
    expect(cache.intents('a0')).toEqual([
      { ...creation, accountId: 'a0', name: 'first', order: 8, at: 8 },
      { ...creation, accountId: 'a0', name: 'second', order: 9, at: 9 },
    ])
    expect(cache.intents('a1')).toEqual([{ ...creation, accountId: 'a1', name: 'first', order: 7, at: 7 }])
    cache.close()
  })

  it('is migrated once: opened again, it is as it was, and what was migrated can be dropped', () => {
    makeFilled()
    const first = openCache(path(), key)
    const [intents, keys] = [first.intents('a0'), first.keys('a0')]
    first.close()
    const again = openCache(path(), key)
    expect([again.intents('a0'), again.keys('a0')]).toEqual([intents, keys])
    again.commit(intents.map(({ id }) => ({ op: 'drop-intent', accountId: 'a0', id })))
    again.commit([{ op: 'drop-key', accountId: 'a0', id: keyRow.id }])
    expect([again.intents('a0'), again.keys('a0'), again.intents('a1').length]).toEqual([[], [], 1])
    again.close()
  })

  it('that is empty opens empty', () => {
    make(1)
    const cache = openCache(path(), key)
    expect([cache.accounts(), cache.intents('a0')]).toEqual([[], []])
    cache.close()
  })

  it("of a version that is newer than this program's is refused as such, and left as it is", () => {
    make(1000)
    const bytes = readFileSync(path())
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-newer')
    expect(readFileSync(path()).equals(bytes)).toBe(true)
  })
})
