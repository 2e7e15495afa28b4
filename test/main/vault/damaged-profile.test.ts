import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cacheExists, openCache } from '../../../main/realm/cache.ts'
import { items } from '../../../main/vault/items.ts'
import { openLocal } from '../../../main/vault/local.ts'
import { House } from './house.ts'

/** A house whose cache is a real encrypted file. */
async function houseOnDisk(): Promise<{ house: House; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-profile-'))
  const path = join(folder, 'cache.realm')
  const house = new House()
  house.vault = house.newVault({ cacheExists: () => cacheExists(path), openCache: (key) => openCache(path, key) })
  onTestFinished(() => {
    house.vault.lock()
    rmSync(folder, { recursive: true })
  })
  await house.vault.open()
  return { house, path }
}

describe('a vault whose cache file was damaged', () => {
  it.each([
    ['written over', () => Buffer.from('not a cache at all '.repeat(1000))],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 2000)],
    ['emptied', () => Buffer.alloc(0)],
  ])('%s: stays closed as corrupt, changes neither the file nor the keychain, and opens when the file is back', async (_, damage) => {
    const { house, path } = await houseOnDisk()
    const account = await openLocal(house.opened)
    house.vault.lock()
    const whole = readFileSync(path)
    const damaged = damage(whole)
    writeFileSync(path, damaged)
    const kept = new Map(house.keychain.items)
    for (let times = 0; times < 2; times += 1) {
      await house.vault.open()
      expect(house.vault.closed).toBe('profile-corrupt')
    }
    expect(readFileSync(path).equals(damaged)).toBe(true)
    expect(house.keychain.items).toEqual(kept)
    writeFileSync(path, whole)
    await house.vault.open()
    expect(house.opened.cache.accounts()).toEqual([account])
  })

  it('and whose root key is gone: says that the keychain was reset, and writes over nothing', async () => {
    const { house, path } = await houseOnDisk()
    await openLocal(house.opened)
    house.vault.lock()
    const whole = readFileSync(path)
    house.keychain.items.delete(items.root)
    await house.vault.open()
    expect(house.vault.closed).toBe('keychain-reset')
    expect([readFileSync(path).equals(whole), house.keychain.items.has(items.root)]).toEqual([true, false])
  })
})
