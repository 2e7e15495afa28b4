import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cacheExists, openCache } from '../../../../main/realm/cache/open-cache.ts'
import { setCacheAside } from '../../../../main/realm/cache/set-aside.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { VaultFixture, newKey } from '../fixtures/vault.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

/** A vault fixture whose cache is a real encrypted file. */
async function vaultOnDisk(): Promise<{ fixture: VaultFixture; path: string }> {
  const folder = temporaryFolder('latchkey-profile-')
  const path = join(folder, 'cache.realm')
  const fixture = new VaultFixture()
  fixture.vault = fixture.newVault({
    cacheExists: () => cacheExists(path),
    openCache: (key) => openCache(path, key),
    setCacheAside: () => setCacheAside(path),
  })
  onTestFinished(() => {
    fixture.vault.lock()
  })
  await fixture.vault.open()
  return { fixture, path }
}

describe('a vault whose cache file was damaged', () => {
  it.each([
    ['written over', () => Buffer.from('not a cache at all '.repeat(1000))],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 2000)],
    ['emptied', () => Buffer.alloc(0)],
  ])('%s: sets the file aside unchanged, and is rebuilt from server and keychain', async (_, damage) => {
    const { fixture, path } = await vaultOnDisk()
    const account = await openLocal(fixture.opened)
    const { key, value } = await newKey(fixture, account)
    fixture.vault.lock()
    const damaged = damage(readFileSync(path))
    writeFileSync(path, damaged)
    await fixture.vault.open()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, null])
    const aside = readdirSync(dirname(path)).filter((name) => name.startsWith('cache.realm.set-aside-'))
    expect(aside.map((name) => readFileSync(join(dirname(path), name)).equals(damaged))).toEqual([true])
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key], news: [{ what: 'cache-rebuilt' }] })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('and whose root key is missing: opens read-only beside it, and overwrites nothing', async () => {
    const { fixture, path } = await vaultOnDisk()
    await openLocal(fixture.opened)
    fixture.vault.lock()
    const whole = readFileSync(path)
    fixture.keychain.items.delete(items.root)
    await fixture.vault.open()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, 'keychain-reset'])
    expect([readFileSync(path).equals(whole), fixture.keychain.items.has(items.root)]).toEqual([true, false])
  })
})
