import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Realm from 'realm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCache } from '../../../../main/realm/cache/open-cache.ts'
import { beginning, hashOf, releaseEntry } from '../../../../main/vault/journal/journal-line.ts'
import type { Release } from '../../../../main/vault/model/release-record.ts'
import { grant, pairing, site } from '../../ports/cache-records.ts'

const key = new Uint8Array(64).fill(7)
const [optional, ofAccount] = [
  { type: 'string', optional: true },
  { type: 'string', indexed: true },
] as const

/** The file as version 2 of it was; it does not change any more. */
const versionTwo: Realm.ObjectSchema[] = [
  {
    name: 'Account',
    primaryKey: 'id',
    properties: {
      ...{ id: 'string', url: optional, appId: optional, method: 'string', email: optional, userId: 'string', signedIn: 'bool' },
      ...{ syncedAt: 'double?', troubleCode: optional, troubleAt: 'double?', troubleSince: 'double?', current: 'bool' },
    },
  },
  {
    name: 'Key',
    primaryKey: 'recordId',
    properties: {
      ...{ recordId: 'string', accountId: ofAccount, id: 'string', name: 'string', enabled: 'bool', value: 'string' },
      ...{ lastFour: optional, sealed: optional, goneAt: 'double?', fingerprint: optional, verdict: optional, verifiedAt: 'double?' },
    },
  },
  {
    name: 'Intent',
    primaryKey: 'recordId',
    properties: {
      ...{ recordId: 'string', accountId: ofAccount, id: 'string', order: 'double', kind: 'string', keyId: optional },
      ...{ name: 'string', at: 'double', wasEnabled: 'bool?', sent: 'bool' },
    },
  },
  {
    name: 'News',
    primaryKey: 'recordId',
    properties: { recordId: 'string', accountId: ofAccount, id: 'string', what: 'string', keyId: optional, name: 'string', at: 'double' },
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
  syncedAt: 1,
}
const trouble = { code: 'server-timeout', at: 3, since: 2 }
const keyRow = {
  accountId: 'a0',
  id: site.keyId,
  name: 'ci',
  enabled: true,
  value: 'here',
  lastFour: 'wxyz',
  sealed: null,
  goneAt: null,
  fingerprint: 'ab',
}
const verified = { verdict: 'works', at: 4 }
const intent = { accountId: 'a0', id: 'i0', order: 1, kind: 'disable', keyId: keyRow.id, name: 'ci', at: 5, wasEnabled: true, sent: false }
const news = { accountId: 'a0', id: 'n0', what: 'made', keyId: keyRow.id, name: 'ci', at: 6 }
const journal = ['copy', 'reveal', 'verify'].map((purpose, at) => ({ accountId: 'a0', keyId: keyRow.id, purpose, at }))

describe('a cache file of version 2', () => {
  let path: string
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-migration-'))
    path = join(folder, 'cache.realm')
    const file = new Realm({ path, schema: versionTwo, schemaVersion: 2, encryptionKey: key })
    file.write(() => {
      file.create('Account', { ...account, troubleCode: trouble.code, troubleAt: trouble.at, troubleSince: trouble.since, current: true })
      file.create('Key', { ...keyRow, recordId: `a0/${keyRow.id}`, verdict: verified.verdict, verifiedAt: verified.at })
      file.create('Intent', { ...intent, recordId: 'a0/i0' })
      file.create('News', { ...news, recordId: 'a0/n0' })
      for (const release of journal) file.create('Release', release)
    })
    file.close()
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('has every record after it was opened, and its journal says that a person had the values', () => {
    const cache = openCache(path, key)
    const { url, appId, ...rest } = account
    expect([cache.accounts(), cache.current()]).toEqual([[{ ...rest, server: { url, appId }, trouble }], 'a0'])
    expect(cache.keys('a0')).toEqual([{ ...keyRow, goneFor: 0, verified }])
    expect([cache.intents('a0'), cache.news('a0')]).toEqual([[intent], [news]])
    const lines = journal.map((release) => ({ ...release, requester: { kind: 'person' } })) as Release[]
    expect(cache.releases('a0')).toEqual(lines)
    expect(cache.lastReleases('a0', keyRow.id, 10)).toEqual([lines[1], lines[0]])
    expect([cache.sites('a0'), cache.grants('a0'), cache.pairings()]).toEqual([[], [], []])
    cache.close()
  })

  it('has its journal in a chain from the first line on, with the names of keys that are still known', () => {
    const cache = openCache(path, key)
    const lines = cache.lines({ most: 10 }).reverse()
    expect(lines.map(({ seq, event, name, at }) => [seq, event, name, at])).toEqual([
      [1, 'release', 'ci', 0],
      [2, 'release', 'ci', 1],
      [3, 'release', 'ci', 2],
    ])
    expect(lines.map(({ hash }) => hash)).toEqual(lines.map((line) => hashOf(line)))
    expect(lines.map(({ previous }) => previous)).toEqual([beginning, lines[0]?.hash, lines[1]?.hash])
    cache.close()
  })

  it('takes what is new, and holds it all when it is opened again', () => {
    const release: Release = { accountId: 'a0', keyId: keyRow.id, purpose: 'run', requester: grant.requester, at: 9 }
    const first = openCache(path, key)
    first.commit([
      { op: 'put-site', site },
      { op: 'put-grant', grant },
      { op: 'put-pairing', pairing },
      { op: 'note', entry: releaseEntry(release, 'ci') },
    ])
    first.close()
    const again = openCache(path, key)
    expect([again.sites('a0'), again.grants('a0'), again.pairings()]).toEqual([[site], [grant], [pairing]])
    expect(again.lastReleases('a0', keyRow.id, 1)).toEqual([release])
    expect(again.releases('a0')).toHaveLength(4)
    again.close()
  })
})
