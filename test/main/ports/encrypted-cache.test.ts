import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheExists, openCache } from '../../../main/realm/cache.ts'
import { codeThrown } from '../vault/refused.ts'
import { filled, key, record } from './cache-records.ts'

describe('the encrypted cache', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'latchkey-cache-'))))
  afterEach(() => rmSync(folder, { recursive: true }))
  const path = (): string => join(folder, 'cache', 'cache.realm')

  it('is there once it was opened, for its user alone', () => {
    expect(cacheExists(path())).toBe(false)
    openCache(path(), key).close()
    expect(cacheExists(path())).toBe(true)
    expect([statSync(path()).mode & 0o777, statSync(dirname(path())).mode & 0o777]).toEqual([0o600, 0o700])
  })

  it('holds no name, id, address or value that can be read in the file', () => {
    filled(openCache(path(), key)).close()
    const bytes = readFileSync(path())
    const words = ['ada@example.test', 'keys.example', record.id, 'wxyz', 'AbC_-', 'accountId']
    expect(words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))).toEqual([])
  })

  it('refuses a folder it cannot make', () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be')
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-unusable')
  })

  const broken: Record<string, (bytes: Buffer) => Buffer> = {
    'an empty file': () => Buffer.alloc(0),
    'a file cut to 100 bytes': (bytes) => bytes.subarray(0, 100),
    'a file cut to its first page': (bytes) => bytes.subarray(0, 4096),
    'a file of zeros': (bytes) => Buffer.alloc(bytes.length),
    "another program's file": () => Buffer.from('SQLite format 3\0'.repeat(600)),
    'a file with its first page changed': (bytes) => changed(bytes, 10),
    'a file with a later page changed': (bytes) => changed(bytes, 5000),
  }

  it.each(Object.keys(broken))('refuses %s as corrupt, and leaves it as it is', (name) => {
    filled(openCache(path(), key)).close()
    const bytes = broken[name]?.(readFileSync(path())) ?? Buffer.alloc(0)
    writeFileSync(path(), bytes)
    expect(codeThrown(() => openCache(path(), key))).toBe('profile-corrupt')
    expect(readFileSync(path()).equals(bytes)).toBe(true)
  })
})

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}
