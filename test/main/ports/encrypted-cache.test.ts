import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Realm from 'realm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noDetails } from '../../../shared/key-details.ts'
import { cacheExists, openCache, openTemporaryCache } from '../../../main/realm/cache/open-cache.ts'
import { intentRow, keyRow, schema } from '../../../main/realm/cache/records.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'
import { creation, filled, key, plainCreation, record } from './cache-records.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('the encrypted cache', () => {
  let folder: string
  beforeEach(() => void (folder = temporaryFolder('latchkey-cache-')))
  const path = (): string => join(folder, 'cache', 'cache.realm')

  it('is a private file after it is opened', () => {
    expect(cacheExists(path())).toBe(false)
    openCache(path(), key).close()
    expect(cacheExists(path())).toBe(true)
    expect([statSync(path()).mode & 0o777, statSync(dirname(path())).mode & 0o777]).toEqual([0o600, 0o700])
  })

  it('contains no readable name, id, address or value', () => {
    filled(openCache(path(), key)).close()
    const bytes = readFileSync(path())
    const words = [
      'ada@example.test',
      'keys.example',
      record.id,
      'wxyz',
      'AbC_-',
      'accountId',
      'example.com:8443',
      '/usr/bin/zsh',
      'BTheirs',
      'Ask Grace',
      'billing',
      'octocat',
      'renewal.example',
    ]
    expect(words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))).toEqual([])
  })

  it('finds an account’s records through an index in every table', () => {
    openCache(path(), key).close()
    const file = new Realm({ path: path(), encryptionKey: key })
    // The first two tables are small and always read as a whole; a label's primary key is its account.
    const tables = file.schema.filter(({ name }) => !['Account', 'Pairing', 'Mark'].includes(name))
    file.close()
    const indexed = tables.map(({ name, properties }) => [name, Object(properties['accountId']).indexed])
    expect(Object.fromEntries(indexed)).toEqual({ Key: true, Intent: true, News: true, Line: true, Site: true, Grant: true })
  })

  it('refuses a folder that cannot be created', () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be')
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-unusable')
  })

  // Treated as damaged, an intact cache would be set aside because of a folder's mode or too many open files.
  it('is `profile-unusable` if the system denies access, and opens again once it is allowed', () => {
    filled(openCache(path(), key)).close()
    rmSync(`${path()}.lock`)
    mkdirSync(`${path()}.lock`)
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-unusable')
    rmdirSync(`${path()}.lock`)
    const cache = openCache(path(), key)
    expect(cache.keys('a0')).toHaveLength(2)
    cache.close()
  })

  it('recognises a damaged file in a folder whose name looks like another error', () => {
    const telling = join(folder, 'no space, closed, quota, has been closed', 'cache.realm')
    filled(openCache(telling, key)).close()
    writeFileSync(telling, changed(readFileSync(telling), 10))
    expect(codeThrown(() => openCache(telling, key))).toBe('profile-corrupt')
  })

  it.each([
    ["a newer version's", 1000, 'profile-newer'],
    ["a version's from before the first release", 4, 'profile-corrupt'],
  ])('refuses a file of %s, and leaves it unchanged', (_, schemaVersion, code) => {
    mkdirSync(dirname(path()))
    const account = { name: 'Account', primaryKey: 'id', properties: { id: 'string', url: 'string' } }
    const file = new Realm({ path: path(), schema: [account], schemaVersion, encryptionKey: key })
    file.write(() => file.create('Account', { id: 'a0', url: 'https://keys.example' }))
    file.close()
    const bytes = readFileSync(path())
    expect(codeThrown(() => openCache(path(), key))).toBe(code)
    expect(readFileSync(path()).equals(bytes)).toBe(true)
  })

  it.each([
    { before: 'services were recognised', schemaVersion: 5, lacking: ['service', 'details'], keyThen: { ...record, service: null } },
    { before: 'keys had details', schemaVersion: 6, lacking: ['details'], keyThen: record },
  ])('opens a file of the version before $before, with every record', ({ schemaVersion, lacking, keyThen }) => {
    mkdirSync(dirname(path()))
    const then = <T extends object>(all: T): Partial<T> =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !lacking.includes(name))) as Partial<T>
    const tables = schema.map((table) => ({ ...table, properties: then(table.properties) as Realm.PropertiesTypes }))
    const file = new Realm({ path: path(), schema: tables, schemaVersion, encryptionKey: key })
    file.write(() => {
      file.create('Key', then(keyRow(record)))
      file.create('Intent', then(intentRow(creation)))
    })
    file.close()
    const cache = openCache(path(), key)
    expect([cache.keys('a0'), cache.intents('a0')]).toEqual([[{ ...keyThen, details: noDetails }], [plainCreation]])
    cache.commit([
      { op: 'put-key', key: record },
      { op: 'put-intent', intent: creation },
    ])
    cache.close()
    const again = openCache(path(), key)
    expect([again.keys('a0'), again.intents('a0')]).toEqual([[record], [creation]])
    again.close()
  })

  const broken: Record<string, (bytes: Buffer) => Buffer> = {
    'an empty file': () => Buffer.alloc(0),
    'a file cut to 100 bytes': (bytes) => bytes.subarray(0, 100),
    'a file cut to its first page': (bytes) => bytes.subarray(0, 4096),
    'a file cut after its second page': (bytes) => bytes.subarray(0, 8192),
    'a file cut within a page': (bytes) => bytes.subarray(0, 6000),
    'a file of zeros': (bytes) => Buffer.alloc(bytes.length),
    "another program's file": () => Buffer.from('SQLite format 3\0'.repeat(600)),
    'a file with its first page changed': (bytes) => changed(bytes, 10),
    'a file with a later page changed': (bytes) => changed(bytes, 5000),
  }

  it.each(Object.keys(broken))('refuses %s as corrupt, and leaves it unchanged', (name) => {
    filled(openCache(path(), key)).close()
    const bytes = broken[name]?.(readFileSync(path())) ?? Buffer.alloc(0)
    writeFileSync(path(), bytes)
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-corrupt')
    expect(readFileSync(path()).equals(bytes)).toBe(true)
  })
})

describe('the temporary cache', () => {
  let folder: string
  const before = process.env['TMPDIR']
  beforeEach(() => {
    folder = temporaryFolder('latchkey-temporary-')
    process.env['TMPDIR'] = folder
  })
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  })
  const made = (): string => join(folder, readdirSync(folder)[0] ?? '')

  it('stores its records encrypted in a private folder, and removes everything when it is closed', () => {
    const cache = filled(openTemporaryCache())
    expect(cache.keys('a0')).toHaveLength(2)
    expect(statSync(made()).mode & 0o777).toBe(0o700)
    expect(readFileSync(join(made(), 'cache.realm')).includes(record.id)).toBe(false)
    expect(codeThrown(() => openCache(join(made(), 'cache.realm'), key))).not.toBe(null)
    cache.close()
    cache.close()
    expect(readdirSync(folder)).toEqual([])
    expect(codeThrown(() => cache.accounts())).toBe('locked')
  })

  it('is a new one each time, and closing one does not affect another', () => {
    const [one, other] = [openTemporaryCache(), openTemporaryCache()]
    filled(one)
    expect(other.accounts()).toEqual([])
    one.close()
    filled(other)
    expect(other.accounts()).toHaveLength(2)
    other.close()
  })

  it('can be closed after its files were removed', () => {
    const cache = openTemporaryCache()
    rmSync(made(), { recursive: true })
    cache.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused without a temporary folder', () => {
    process.env['TMPDIR'] = join(folder, 'none')
    expect(codeThrown(openTemporaryCache)).toBe('profile-unusable')
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
})

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}
