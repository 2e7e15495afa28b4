import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Backups } from '../../../main/transfer/backup/backups.ts'
import { type EmbeddedBackend, embeddedBackend } from '../../../main/storage/embedded-backend.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { RootKey } from '../../../main/vault/session/root-key.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { guardedOver, makeVault, passphrase } from '../keychain/passphrase/passphrase-vaults.ts'
import { MemoryDisk } from '../fakes/cache.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { fullVault, otherComputer } from '../vault/fixtures/full-vault.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** Every plain text that was sealed, and every one that was opened, as the very bytes. */
const seen = vi.hoisted(() => ({ sealed: [] as Uint8Array[], opened: [] as Uint8Array[] }))
vi.mock('../../../main/vault/session/aead-box.ts', async (original) => {
  const actual = await original<typeof import('../../../main/vault/session/aead-box.ts')>()
  return {
    ...actual,
    sealBox: (...[key, bytes, binding]: Parameters<typeof actual.sealBox>) => {
      seen.sealed.push(bytes)
      return actual.sealBox(key, bytes, binding)
    },
    openBox: (...given: Parameters<typeof actual.openBox>) => {
      const bytes = actual.openBox(...given)
      if (bytes !== null) seen.opened.push(bytes)
      return bytes
    },
  }
})
beforeEach(() => {
  seen.sealed.length = seen.opened.length = 0
})

/** How many of the texts are still there. */
const left = (texts: readonly Uint8Array[]): number => texts.filter((bytes) => bytes.some((byte) => byte !== 0)).length

describe('what was decrypted is overwritten after use', () => {
  async function use(keychain: Keychain): Promise<void> {
    expect((await keychain.write('item', new Secret('a value'))).outcome).toBe('ok')
    const read = await keychain.read('item')
    expect(read.outcome === 'ok' && read.secret.expose()).toBe('a value')
  }

  it('by the passphrase vault: items, and the body that holds them, also when the passphrase is changed', async () => {
    const keychain = await makeVault()
    await use(keychain)
    await keychain.change(new Secret('another horse battery staple'), minCost)
    await use(keychain)
    keychain.wipe() // the data keys, which it needs until then
    expect(seen.opened.length).toBeGreaterThan(5)
    expect([left(seen.opened), left(seen.sealed)]).toEqual([0, 0])
  })

  it('by the keychain under a passphrase', async () => {
    const keychain = await guardedOver(new MemoryKeychain())
    await use(keychain)
    keychain.wipe()
    expect(seen.opened.length).toBe(1)
    expect([left(seen.opened), left(seen.sealed)]).toEqual([0, 0])
  })

  it('by the root key', () => {
    const root = RootKey.generate()
    const sealed = root.seal(new Secret('a value'), 'value/a/1')
    expect(root.open(sealed, 'value/a/1').expose()).toBe('a value')
    expect(seen.opened.length).toBe(1)
    expect([left(seen.opened), left(seen.sealed)]).toEqual([0, 0])
  })

  describe('by backups', () => {
    let folder: string
    beforeEach(() => void (folder = temporaryFolder('latchkey-wiped-')))

    it('made, tried and restored: the body, what it was read back as, and the store of this computer’s own server', async () => {
      const { fixture } = await fullVault()
      const copies: Uint8Array[] = []
      const embedded: EmbeddedBackend = {
        ...embeddedBackend(join(folder, 'backend')),
        copy: async () => Buffer.from('a store'),
        replace: async (copy) => void copies.push(copy),
      }
      const parts = {
        ...{ embedded, embeddedIn: () => embedded, verifyFolder: join(folder, 'verify-backup'), cost: minCost },
        openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
        preferences: { get: () => ({}), restore: () => {} },
      }
      const backups = new Backups(parts)
      const path = join(folder, 'backup')
      seen.sealed.length = seen.opened.length = 0
      await backups.make(fixture.opened, path, passphrase, () => {})
      expect(seen.opened.length).toBeGreaterThan(0)
      await backups.verify(fixture.opened, path, passphrase).catch(() => {}) // the store is none
      const other = await otherComputer(fixture)
      await backups.restore(other.opened, path, passphrase)
      expect(copies.length).toBeGreaterThan(0)
      expect([left(seen.opened), left(seen.sealed), left(copies)]).toEqual([0, 0, 0])
    })
  })
})
