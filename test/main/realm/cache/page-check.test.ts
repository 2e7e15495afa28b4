import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openCache } from '../../../../main/realm/cache/open-cache.ts'
import { hasValidPages } from '../../../../main/realm/cache/page-check.ts'
import { account, filled, record } from '../../ports/cache-records.ts'
import { codeThrown } from '../../vault/fixtures/refused.ts'
import { sharedFolder } from '../../../temporary-folder.ts'

const key = new Uint8Array(randomBytes(64))
const pageSize = 4096

/** A page of entries precedes each 64 pages of content. */
function isEntries(page: number): boolean {
  return page % 65 === 0
}

describe('a cache file', () => {
  const folder = sharedFolder('latchkey-sound-')
  let path: string
  let whole: Buffer
  let written: number[]

  /** Rewritten until it has more than one group of pages. */
  beforeAll(() => {
    path = join(folder, 'cache.realm')
    const cache = filled(openCache(path, key))
    for (let round = 0; round < 40; round += 1) {
      const keys = Array.from({ length: 40 }, (_, index) => ({ ...record, id: `${round}-${index}`, name: randomBytes(30).toString('hex') }))
      cache.commit(keys.map((one) => ({ op: 'put-key', key: one })))
    }
    cache.close()
    whole = readFileSync(path)
    const pages = Array.from({ length: whole.length / pageSize }, (_, page) => page)
    written = pages.filter((page) => !isEntries(page) && entryOf(whole, page).readUInt32LE(0) !== 0)
  })

  function entryOf(file: Buffer, page: number): Buffer {
    const start = (page - (page % 65)) * pageSize + ((page % 65) - 1) * 64
    return file.subarray(start, start + 64)
  }

  function changed(at: number): Buffer {
    const copy = Buffer.from(whole)
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    return copy
  }

  it('is valid as written, in every group of pages', () => {
    expect(written.length).toBeGreaterThan(70)
    expect(written.some((page) => page > 65)).toBe(true)
    expect(hasValidPages(whole, key)).toBe(true)
  })

  it('is invalid with one bit of any page changed', () => {
    const unseen = written.filter((page) => hasValidPages(changed(page * pageSize + (page % pageSize)), key))
    expect(unseen).toEqual([])
  })

  it('is invalid with a page copied over another one', () => {
    const [first = 0, second = 0] = written
    const copy = Buffer.from(whole)
    whole.copy(copy, second * pageSize, first * pageSize, (first + 1) * pageSize)
    expect(hasValidPages(copy, key)).toBe(false)
  })

  it('is invalid with another key', () => {
    const other = Uint8Array.from(key, (byte, index) => (index === 40 ? byte ^ 1 : byte))
    expect(hasValidPages(whole, other)).toBe(false)
  })

  it.each([0, 1, 100, pageSize - 1])('is invalid at %i bytes', (length) => {
    expect(hasValidPages(whole.subarray(0, length), key)).toBe(false)
  })

  // A kill between the two steps of a write leaves a new entry and the old page.
  it('is valid after an interrupted write of a page, and opens with all its content', () => {
    const copy = Buffer.from(whole)
    for (const page of written) {
      const entry = entryOf(copy, page)
      entry.copy(entry, 32, 0, 32)
      entry.writeUInt32LE(entry.readUInt32LE(0) + 1, 0)
      randomBytes(28).copy(entry, 4)
    }
    expect(hasValidPages(copy, key)).toBe(true)
    const cutOff = join(folder, 'cut-off.realm')
    writeFileSync(cutOff, copy)
    const cache = openCache(cutOff, key)
    expect(cache.accounts()).toContainEqual(account)
    expect(cache.keys('a0').length).toBeGreaterThan(1600)
    cache.close()
  })

  // Realm noticed this page only when it read it, and ended the process.
  it('with a damaged page anywhere is refused before Realm opens it', () => {
    for (const page of written) {
      writeFileSync(path, changed(page * pageSize + 100))
      expect(codeThrown(() => openCache(path, key))).toBe('profile-corrupt')
    }
  })
})
