import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { serializeBackup } from '../../../../main/transfer/backup/body.ts'
import { type BackupParts, Backups } from '../../../../main/transfer/backup/backups.ts'
import { verifyBackup } from '../../../../main/transfer/backup/verify-backup.ts'
import { embeddedBackend } from '../../../../main/storage/embedded-backend.ts'
import { deriveKey, minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { release } from '../../../../main/vault/release/release.ts'
import type { Cache } from '../../../../main/vault/ports/cache.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { sealBox } from '../../../../main/vault/session/aead-box.ts'
import { recordsIn, type SavedKey, takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { MemoryDisk } from '../../fakes/cache.ts'
import { fullVault, otherComputer } from '../../vault/fixtures/full-vault.ts'
import { codeRejected, codeThrown } from '../../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

const passphrase = new Secret('four unrelated words here')

describe('a backup', () => {
  let folder: string
  let path: string
  let kept: Record<string, unknown>
  beforeEach(() => {
    folder = temporaryFolder('latchkey-backup-')
    path = join(folder, 'vault.latchkey-backup')
    kept = { clipboardSeconds: 20 }
  })

  const backups = (preferences: BackupParts['preferences'] = { get: () => kept, restore: (restored) => void (kept = { ...restored }) }) =>
    new Backups({
      embedded: embeddedBackend(join(folder, 'backend')),
      embeddedIn: embeddedBackend,
      verifyFolder: join(folder, 'verify-backup'),
      openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
      preferences,
      cost: minCost,
    })
  const quiet = (): void => {}

  /** As `fullVault`, without the vault on this computer, whose backend is another process’s in this test. */
  async function fixture() {
    const full = await fullVault()
    await signOut(full.fixture.opened, full.local.id, true)
    return full
  }

  it('is one file for its person alone, that shows nothing of what is in it', async () => {
    const { fixture: one, remote } = await fixture()
    const progress: string[] = []
    const made = await backups().make(one.opened, path, passphrase, (done, total) => progress.push(`${done}/${total}`))
    expect(made).toEqual({ bytes: statSync(path).size, accounts: 2, keys: 4, values: 3, missing: [] })
    expect(progress).toEqual(['1/3', '2/3', '3/3'])
    expect([statSync(path).mode & 0o777, readdirSync(folder)]).toEqual([0o600, ['vault.latchkey-backup']])
    const text = readFileSync(path, 'latin1')
    for (const told of [remote.id, remote.email ?? '', 'STRIPE', 'sk_live', 'our-private-key', 'console.example.com'])
      expect(text).not.toContain(told)
    expect(text.split('\n')[0]).toMatch(/^\{"format":"latchkey backup","version":2,/)
  })

  it('comes back in an empty vault of another computer, preferences too', async () => {
    const { fixture: one, remote } = await fixture()
    const id = one.opened.cache.keys(remote.id).find(({ name }) => name === 'ci')?.id ?? ''
    const value = (await release(one.opened, remote.id, id, { purpose: 'reveal' })).expose()
    await backups().make(one.opened, path, passphrase, quiet)
    kept = { clipboardSeconds: 99 }
    const other = await otherComputer(one)
    expect(await backups().restore(other.opened, path, passphrase)).toBe(null)
    expect((await release(other.opened, remote.id, id, { purpose: 'reveal' })).expose()).toBe(value)
    expect(kept).toEqual({ clipboardSeconds: 20 })
    expect(await recordsIn(other.opened.cache)).toMatchObject({
      sites: (await recordsIn(one.opened.cache)).sites,
      marks: (await recordsIn(one.opened.cache)).marks,
    })
    expect(await codeRejected(backups().restore(other.opened, path, passphrase))).toBe('vault-not-empty')
  })

  // The vault was there, and the window said that the restoring had failed; trying again was then refused, since the vault was not empty.
  it('comes back also where its preferences cannot be kept, and says so', async () => {
    const { fixture: one, remote } = await fixture()
    await backups().make(one.opened, path, passphrase, quiet)
    const other = await otherComputer(one)
    const refused = (error: Error) =>
      backups({
        get: () => kept,
        restore: () => {
          throw error
        },
      })
    expect(await refused(new Refusal('profile-unusable')).restore(other.opened, path, passphrase)).toBe('profile-unusable')
    expect(other.opened.cache.accounts().map(({ id }) => id)).toContain(remote.id)
    const third = await otherComputer(one)
    await expect(refused(new TypeError('a fault')).restore(third.opened, path, passphrase)).rejects.toThrow('a fault')
  })

  it('names the values that it lacks', async () => {
    const { fixture: one, remote } = await fixture()
    const { id } = await createKey(one.opened, remote.id, 'lost-here')
    one.keychain.items.delete(items.value(remote.id, id))
    expect(await backups().make(one.opened, path, passphrase, quiet)).toMatchObject({ values: 4, missing: ['lost-here'] }) // `next` was waiting, and is created with it
  })

  it('is not made under a passphrase that can be guessed, nor where it cannot be written', async () => {
    const { fixture: one } = await fixture()
    expect(await codeRejected(backups().make(one.opened, path, new Secret('short'), quiet))).toBe('passphrase-weak')
    expect(await codeRejected(backups().make(one.opened, join(folder, 'none', 'x'), passphrase, quiet))).toBe('file-unwritable')
    expect(readdirSync(folder)).toEqual([])
  })

  it('does not open under another passphrase, nor when a byte of it is another', async () => {
    const { fixture: one } = await fixture()
    const other = await otherComputer(one)
    await backups().make(one.opened, path, passphrase, quiet)
    expect(await codeRejected(backups().restore(other.opened, path, new Secret('four unrelated words there')))).toBe('passphrase-wrong')
    const whole = readFileSync(path)
    for (const at of [0, 20, 150, whole.indexOf('\n') + 3, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      writeFileSync(path, damaged)
      expect(await codeRejected(backups().restore(other.opened, path, passphrase)), String(at)).toMatch(/^backup-(invalid|newer)$/)
    }
    for (const length of [0, 1, 200, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length))
      expect(await codeRejected(backups().restore(other.opened, path, passphrase)), String(length)).toBe('backup-invalid')
    }
    expect(await codeRejected(backups().restore(other.opened, join(folder, 'none'), passphrase))).toBe('file-unreadable')
    expect(other.opened.cache.accounts()).toEqual([])
  })

  it('of an earlier version, whose keys have no details, is restored', async () => {
    const { fixture: one, remote } = await fixture()
    const { snapshot } = await takeSnapshot(one.opened, async () => null)
    const keys = snapshot.keys.map(({ details: _, ...key }) => key)
    const body = serializeBackup({ snapshot: { ...snapshot, keys: keys as unknown as SavedKey[] }, backend: null, preferences: {} })
    const salt = Buffer.alloc(16, 7)
    const derivation = { algorithm: 'argon2id', ...minCost, salt: salt.toString('base64url') } as const
    const head = { format: 'latchkey backup', version: 1, at: new Date(snapshot.at).toISOString(), derivation }
    const line = Buffer.from(`${JSON.stringify(head)}\n`)
    const whole = Buffer.concat([line, sealBox(await deriveKey(passphrase, salt, derivation), body, line)])
    writeFileSync(path, Buffer.concat([whole, createHash('sha256').update(whole).digest()]))
    const other = await otherComputer(one)
    expect(await backups().restore(other.opened, path, passphrase)).toBe(null)
    const restored = other.opened.cache.keys(remote.id)
    expect(restored.map(({ name, details }) => [name, details])).toEqual(
      keys.filter(({ accountId }) => accountId === remote.id).map(({ name }) => [name, noDetails]),
    )
  })

  it('of a newer version is said to be that', async () => {
    const { fixture: one } = await fixture()
    writeFileSync(path, '{"format":"latchkey backup","version":3,"more":true}\nrest')
    expect(await codeRejected(backups().verify(one.opened, path, passphrase))).toBe('backup-newer')
  })

  it('asks no more of the computer than it may, whoever wrote it', async () => {
    const { fixture: one } = await fixture()
    await backups().make(one.opened, path, passphrase, quiet)
    const whole = readFileSync(path, 'latin1')
    writeFileSync(path, Buffer.from(whole.replace(/"memory":\d+/, '"memory":99999999'), 'latin1'))
    expect(await codeRejected(backups().verify(one.opened, path, passphrase))).toBe('backup-invalid')
  })
})

describe('the verification of a backup', () => {
  let folder: string
  beforeEach(() => void (folder = temporaryFolder('latchkey-verify-backup-')))

  it('restores the backup elsewhere, compares all of it, and changes nothing', async () => {
    const { fixture: one, local, remote } = await fullVault()
    await signOut(one.opened, local.id, true)
    const path = join(folder, 'b')
    const used: Cache[] = []
    const parts = new Backups({
      embedded: embeddedBackend(join(folder, 'backend')),
      embeddedIn: embeddedBackend,
      verifyFolder: join(folder, 'verify-backup'),
      openTemporaryCache: () => {
        used.push(new MemoryDisk().open(new Uint8Array(64)))
        return used[used.length - 1] as Cache
      },
      preferences: {
        get: () => ({}),
        restore: () => {
          throw new Error('not while a backup is verified')
        },
      },
      cost: minCost,
    })
    await parts.make(one.opened, path, passphrase, () => {})
    const [records, keychain] = [await recordsIn(one.opened.cache), new Map(one.keychain.items)]
    const report = await parts.verify(one.opened, path, passphrase)
    expect(report).toMatchObject({ at: one.now, backend: null })
    expect(
      report.parts.filter(({ different, onlyInBackup, onlyInVault }) => different.length + onlyInBackup.length + onlyInVault.length > 0),
    ).toEqual([])
    expect([await recordsIn(one.opened.cache), one.keychain.items]).toEqual([records, keychain])
    expect(used.map((cache) => codeThrown(() => cache.accounts()))).toEqual(['locked']) // closed, and with it gone from the disk
    await createKey(one.opened, remote.id, 'since')
    const later = await parts.verify(one.opened, path, passphrase)
    expect(later.parts.find(({ part }) => part === 'values')?.onlyInVault).toEqual(['next · Work', 'since · Work']) // `next` was waiting
  })

  // A lock ends the process in the middle of a verification: the database of the vault on this computer used to be left in the system's temporary folder.
  it('unpacks the backend into a folder of the profile alone, and removes what an earlier verification left there', async () => {
    const { fixture: one } = await fullVault()
    const { snapshot } = await takeSnapshot(one.opened, async () => null)
    const verifyFolder = join(folder, 'verify-backup')
    mkdirSync(join(verifyFolder, 'left'), { recursive: true })
    const seen: unknown[] = []
    const parts = {
      verifyFolder,
      openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
      embeddedIn: (there: string) => {
        seen.push([there, statSync(verifyFolder).mode & 0o777, readdirSync(verifyFolder)])
        throw new Refusal('disk-full')
      },
    }
    const backup = { snapshot, backend: Buffer.from('a store'), preferences: {} }
    const both = [verifyBackup(one.opened, backup, parts), verifyBackup(one.opened, backup, parts)]
    expect(await Promise.all(both.map(codeRejected))).toEqual(['disk-full', 'disk-full'])
    expect(seen).toEqual([0, 1].map(() => [join(verifyFolder, 'backend'), 0o700, []]))
    expect(readdirSync(folder)).toEqual([])
    mkdirSync(join(verifyFolder, 'left'), { recursive: true })
    new Backups({
      ...parts,
      embedded: embeddedBackend(join(folder, 'backend')),
      preferences: { get: () => ({}), restore: () => undefined },
    })
    expect(readdirSync(folder)).toEqual([])
  })
})
