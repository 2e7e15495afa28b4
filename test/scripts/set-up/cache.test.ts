import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder } from '../../../scripts/set-up/cache-folder.mjs'
import { isAbandoned, withLock } from '../../../scripts/set-up/lock.mjs'
import { realmKey, isUsable } from '../../../scripts/set-up/realm/realm.mjs'
import { readRecord, writeRecord } from '../../../scripts/set-up/record.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'

let folder: string
beforeEach(() => void (folder = temporaryFolder('cache-')))

describe('the cache folder', () => {
  it('is the one that is given', () => {
    expect(cacheFolder({ LATCHKEY_CACHE_DIR: '/given' }, 'linux', '/home/ada')).toBe('/given')
  })

  it('is refused if it is not absolute', () => {
    expect(() => cacheFolder({ LATCHKEY_CACHE_DIR: 'given' }, 'linux', '/home/ada')).toThrow('not an absolute path')
  })

  it('otherwise depends on the platform', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/x' }, 'linux', '/home/ada')).toBe('/var/x/latchkey')
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux', '/home/ada')).toBe('/home/ada/.cache/latchkey')
    expect(cacheFolder({}, 'linux', '/home/ada')).toBe('/home/ada/.cache/latchkey')
    expect(cacheFolder({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Caches/latchkey')
    expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/u')).toBe('/l/latchkey/Cache')
  })
})

describe("the key of Realm's build", () => {
  const build = { version: '10.20.0', integrity: `sha512-${'A'.repeat(86)}==`, platform: 'linux', architecture: 'x64' }

  it('shows version, platform and architecture', () => {
    expect(realmKey(build)).toBe('10.20.0-linux-x64-napi5-0000000000000000')
  })

  it.each([{ version: '10.20.1' }, { integrity: `sha512-B${'A'.repeat(85)}==` }, { platform: 'darwin' }, { architecture: 'arm64' }])(
    'differs for %j',
    (change) => {
      expect(realmKey({ ...build, ...change })).not.toBe(realmKey(build))
    },
  )
})

describe('a cached build', () => {
  it('is not used if it is absent', async () => {
    expect(await isUsable(folder)).toBe(false)
  })

  it('is not used if its bytes are not those that were built', async () => {
    writeFileSync(join(folder, 'realm.node'), 'torn')
    writeRecord(join(folder, 'build.json'), { sha256: '00' })
    expect(await isUsable(folder)).toBe(false)
  })

  it('is not used if it cannot be loaded', async () => {
    writeFileSync(join(folder, 'realm.node'), 'not a module')
    writeRecord(join(folder, 'build.json'), { sha256: createHash('sha256').update('not a module').digest('hex') })
    expect(await isUsable(folder)).toBe(false)
  })
})

describe('the record of a finished step', () => {
  it('is read back as it was written, and leaves no temporary file', () => {
    const path = join(folder, 'deeper', 'record.json')
    writeRecord(path, { lock: 'abc' })
    expect(readRecord(path)).toEqual({ lock: 'abc' })
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['record.json'])
  })

  it.each(['', '{"lock":"ab', '[]', 'null', '"text"', '{"lock":1}'])('counts as absent if it contains %j', (text) => {
    const path = join(folder, 'record.json')
    writeFileSync(path, text)
    expect(readRecord(path)).toEqual({})
  })
})

describe('the lock of the cache', () => {
  it('allows one set-up at a time', async () => {
    const path = join(folder, 'a.lock')
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await wait(5)
      inside--
    }
    await Promise.all([1, 2, 3, 4].map(() => withLock(path, work, { poll: 1 })))
    expect(most).toBe(1)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is released if the work fails', async () => {
    const path = join(folder, 'a.lock')
    await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is taken over from a holder that died', async () => {
    const path = join(folder, 'a.lock')
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    writeFileSync(path, JSON.stringify({ pid, host: hostname() }))
    expect(await withLock(path, () => Promise.resolve('done'), { poll: 1 })).toBe('done')
  })

  it('is not taken from a holder that is alive, or that may be alive on another machine', () => {
    const path = join(folder, 'a.lock')
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() }))
    expect(isAbandoned(path)).toBe(false)
    writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere' }))
    expect(isAbandoned(path)).toBe(false)
    utimesSync(path, new Date(0), new Date(0))
    expect(isAbandoned(path)).toBe(true)
  })

  it('is taken over although another takeover was interrupted', async () => {
    const path = join(folder, 'a.lock')
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    writeFileSync(path, JSON.stringify({ pid, host: hostname() }))
    mkdirSync(`${path}.takeover`)
    utimesSync(`${path}.takeover`, new Date(0), new Date(0))
    expect(await withLock(path, () => Promise.resolve('done'), { poll: 1 })).toBe('done')
  })
})
