import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cacheExists, openCache } from '../../../../main/realm/cache/open-cache.ts'
import { setCacheAside } from '../../../../main/realm/cache/set-aside.ts'
import { filled, key } from '../../ports/cache-records.ts'
import { codeThrown } from '../../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

describe('setting a cache aside', () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder('latchkey-aside-')
    vi.useFakeTimers({ now: Date.UTC(2025, 0, 2, 3, 4, 5, 678), toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const path = (): string => join(folder, 'cache.realm')
  const suffix = '.set-aside-20250102T030405'

  it('renames it and the files that Realm keeps beside it, and nothing else in the folder', () => {
    filled(openCache(path(), key)).close()
    writeFileSync(join(folder, 'cache.realm.fresh.lock'), '')
    mkdirSync(join(folder, 'cache.realm.management'), { recursive: true })
    writeFileSync(join(folder, 'other.realm'), 'not ours')
    const before = readdirSync(folder).filter((name) => name !== 'other.realm')
    expect(before).toContain('cache.realm.lock')
    setCacheAside(path())
    expect(readdirSync(folder)).toEqual([...before.map((name) => name + suffix), 'other.realm'].sort())
    expect(cacheExists(path())).toBe(false)
  })

  it('changes no byte of it: renamed back, it opens again', () => {
    const cache = filled(openCache(path(), key))
    const keys = cache.keys('a0')
    cache.close()
    const bytes = readFileSync(path())
    setCacheAside(path())
    expect(readFileSync(path() + suffix).equals(bytes)).toBe(true)
    const back = openCache(path() + suffix, key)
    expect(back.keys('a0')).toEqual(keys)
    back.close()
  })

  it('overwrites nothing, even several times within one second', () => {
    const contents = ['first', 'second', 'third']
    for (const content of contents) {
      writeFileSync(path(), content)
      writeFileSync(`${path()}.lock`, content)
      setCacheAside(path())
    }
    const names = ['', '-2', '-3'].map((count) => suffix + count)
    expect(names.map((name) => readFileSync(path() + name, 'utf8'))).toEqual(contents)
    expect(names.map((name) => readFileSync(`${path()}.lock${name}`, 'utf8'))).toEqual(contents)
  })

  it('does nothing if there is no cache', () => {
    setCacheAside(path())
    setCacheAside(join(folder, 'none', 'cache.realm'))
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused for an invalid folder, without naming its path', () => {
    writeFileSync(path(), '')
    expect(codeThrown(() => setCacheAside(join(path(), 'cache.realm')))).toBe('profile-unusable')
  })
})
