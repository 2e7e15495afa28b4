import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cacheExists, openCache } from '../../../../main/realm/cache/open-cache.ts'
import { setCacheAside } from '../../../../main/realm/cache/set-aside.ts'
import { listGrants, revokeGrant } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { cancelChange } from '../../../../main/vault/sync/pending-changes.ts'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { dropPairing } from '../../../../main/vault/release/pairings.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { restore } from '../../../../main/vault/backup/restore.ts'
import { takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { fullVault, otherComputer } from '../fixtures/full-vault.ts'
import { byEmail, email, VaultFixture, newKey, password, server } from '../fixtures/vault.ts'
import { changes, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { origin, pairedSite } from '../fixtures/requesters.ts'
import { addSite } from '../../../../main/vault/release/sites.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

/** A vault fixture whose cache is a real encrypted file, with a key that a site has an answer for always to. */
async function vaultOnDisk() {
  const folder = temporaryFolder('latchkey-anchor-')
  const path = join(folder, 'cache.realm')
  const fixture = new VaultFixture()
  const parts = {
    cacheExists: () => cacheExists(path),
    openCache: (key: Uint8Array) => openCache(path, key),
    setCacheAside: () => setCacheAside(path),
  }
  const start = async (): Promise<void> => {
    await fixture.restart(parts)
  }
  onTestFinished(() => {
    void fixture.vault.lock()
  })
  await start()
  fixture.remote.register(email, password)
  const account = await signIn(fixture.opened, server, byEmail)
  const { key } = await newKey(fixture, account)
  await refreshKeys(fixture.opened, account.id)
  fixture.approver.answer = 'always'
  addSite(fixture.opened, account.id, key.id, origin, false)
  const site = pairedSite(fixture)
  await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: site })
  const older = join(folder, 'older')
  /** Copies the current file. */
  const keepCopy = async (): Promise<void> => {
    await fixture.vault.lock()
    copyFileSync(path, older)
    await fixture.vault.open()
  }
  /** Replaces the file by the older copy. */
  const putBack = async (): Promise<void> => {
    await fixture.vault.lock()
    copyFileSync(older, path)
    await fixture.vault.open()
  }
  const told = (): string[] => listKeys(fixture.opened, account.id).news.map(({ what }) => what)
  return { fixture, account, key, site, start, keepCopy, putBack, told, lines: () => fixture.opened.cache.lines({ limit: 100 }) }
}

async function deleteKeyElsewhere(fixture: VaultFixture, id: string): Promise<void> {
  const elsewhere = fixture.servers.of({ id: 'elsewhere', server })
  await elsewhere.signIn(byEmail)
  await elsewhere.delete(id)
}

describe('an older copy of the vault’s file in place of the newest', () => {
  // It used to bring a revoked approval back, and to remove later lines from the journal, unnoticed.
  it('is reported, also in the journal, and restores no approval', async () => {
    const { fixture, account, key, site, keepCopy, putBack, told, lines } = await vaultOnDisk()
    await keepCopy()
    for (const { accountId, id } of listGrants(fixture.opened)) revokeGrant(fixture.opened, accountId, id)
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    const last = lines()[0]?.seq ?? 0
    await fixture.opened.anchor?.flush()
    await putBack()
    expect(fixture.vault.closed).toBeNull()
    expect(told()).toEqual(['older-file'])
    expect(listGrants(fixture.opened)).toEqual([])
    expect(lines().map(({ event, detail }) => [event, detail])).toContainEqual(['older-file', expect.stringMatching(/^\d+$/)])
    expect(Number(lines().find(({ event }) => event === 'older-file')?.detail)).toBeGreaterThanOrEqual(last)
    expect(lines().map(({ event }) => event)).toContain('revoked')
    fixture.approver.asked.length = 0
    fixture.approver.answer = 'once'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: site }))).toBe('pairing-needed')
    await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: pairedSite(fixture) })
    expect(fixture.approver.asked).toHaveLength(1)
  })

  // A browser that had been removed since used to be paired again, unnoticed.
  it('restores no removed browser, and no approval with values that only the keychain’s index names', async () => {
    const { fixture, account, key, site, keepCopy, putBack } = await vaultOnDisk()
    await keepCopy()
    dropPairing(fixture.opened, site.pairing)
    const { key: since, value } = await newKey(fixture, account, 'since')
    await deleteKeyElsewhere(fixture, since.id)
    await refreshKeys(fixture.opened, account.id)
    await fixture.opened.anchor?.flush()
    await putBack()
    fixture.approver.answer = 'once'
    await fixture.vault.resume()
    const { keys, trash } = listKeys(fixture.opened, account.id)
    expect([keys.map(({ id }) => id), trash.map(({ id }) => id)]).toEqual([[key.id], [since.id]])
    expect((await release(fixture.opened, account.id, since.id, { purpose: 'reveal' })).expose()).toBe(value)
    expect([fixture.opened.cache.pairings(), listGrants(fixture.opened)]).toEqual([[], []])
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: site }))).toBe('pairing-needed')
  })

  it('is reported once, and the journal continues from there', async () => {
    const { fixture, account, key, keepCopy, putBack, told, start } = await vaultOnDisk()
    await keepCopy()
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    await fixture.opened.anchor?.flush()
    await putBack()
    await fixture.opened.anchor?.flush()
    await fixture.vault.lock()
    await start()
    expect(told()).toEqual(['older-file'])
  })

  // The anchor was written half a second later: if the process was killed before, the next opening reported the file again, and dropped
  // later changes.
  it('is reported once even if the process is killed right after, and later changes are kept', async () => {
    const { fixture, account, key, keepCopy, putBack, told } = await vaultOnDisk()
    await keepCopy()
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    await fixture.opened.anchor?.flush()
    await putBack()
    const notedByThen = fixture.keychain.items.get(items.journalHead)
    offline(fixture)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    await fixture.vault.lock()
    await new Promise(setImmediate) // the lock's line is in the keychain
    fixture.keychain.items.set(items.journalHead, notedByThen ?? '')
    await fixture.vault.open()
    expect(told()).toEqual(['older-file'])
    expect(listKeys(fixture.opened, account.id).waiting).toHaveLength(1)
  })

  it('has none of its pending changes applied: each is reported', async () => {
    const { fixture, account, key, keepCopy, putBack, told } = await vaultOnDisk()
    offline(fixture)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    await keepCopy()
    await cancelChange(fixture.opened, account.id, listKeys(fixture.opened, account.id).waiting[0]?.id ?? '')
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    await fixture.opened.anchor?.flush()
    await putBack()
    online(fixture)
    const asked = changes(fixture).length
    await refreshKeys(fixture.opened, account.id)
    expect(changes(fixture).slice(asked)).toEqual([])
    expect(told().sort()).toEqual(['not-deleted-restored', 'older-file'])
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ id: key.id }], waiting: [] })
  })

  it('is assumed if the anchor in the keychain cannot be read', async () => {
    const { fixture, told } = await vaultOnDisk()
    await fixture.opened.anchor?.flush()
    await fixture.vault.lock()
    await new Promise(setImmediate) // the lock's line is in the keychain
    fixture.keychain.items.set(items.journalHead, 'nothing that Latchkey wrote')
    await fixture.vault.open()
    expect(told()).toEqual(['older-file'])
  })
})

describe('the newest file of the vault', () => {
  it('is accepted even if the process ended before its last lines were anchored', async () => {
    const { fixture, account, key, start, told } = await vaultOnDisk()
    await fixture.opened.anchor?.flush()
    const noted = fixture.keychain.items.get(items.journalHead)
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    await start() // killed: there was no lock
    expect([fixture.keychain.items.get(items.journalHead), told(), listGrants(fixture.opened).length]).toEqual([noted, [], 1])
  })

  it('is accepted after its oldest lines were trimmed', async () => {
    const { fixture, told } = await vaultOnDisk()
    await fixture.opened.anchor?.flush()
    const noted = fixture.keychain.items.get(items.journalHead) ?? ''
    fixture.opened.cache.commit([
      {
        op: 'note',
        entry: { at: 1, event: 'locked', accountId: null, keyId: null, name: null, purpose: null, requester: null, detail: null },
      },
      { op: 'trim-journal', limit: 1 },
    ])
    await fixture.vault.lock()
    fixture.keychain.items.set(items.journalHead, noted)
    await fixture.vault.open()
    expect(told()).toEqual([])
  })

  it('is accepted after a restore and an immediate kill', async () => {
    const { fixture } = await fullVault()
    const { snapshot } = await takeSnapshot(fixture.opened, async () => null)
    const other = await otherComputer(fixture)
    await other.opened.anchor?.flush()
    expect(other.keychain.items.has(items.journalHead)).toBe(true)
    await restore(other.opened, snapshot)
    await other.restart({ servers: fixture.servers })
    expect(other.opened.cache.lines({ limit: 99 }).map(({ event }) => event)).not.toContain('older-file')
    const news = other.opened.cache.accounts().flatMap(({ id }) => other.opened.cache.news(id).map(({ what }) => what))
    expect(news).toContain('not-created-restored')
    expect(news).not.toContain('older-file')
  })
})

describe('the anchor of the last line', () => {
  const writes = (fixture: VaultFixture): number => fixture.keychain.calls.filter((call) => call === `write ${items.journalHead}`).length

  it('is one write for many releases, and no release waits for it', async () => {
    const { fixture, account, key } = await vaultOnDisk()
    await fixture.opened.anchor?.flush()
    const before = writes(fixture)
    for (let times = 0; times < 20; times += 1) await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    expect(writes(fixture)).toBe(before)
    await expect.poll(() => writes(fixture), { timeout: 5000 }).toBe(before + 1)
    const last = fixture.opened.cache.lines({ limit: 1 })[0]
    expect(fixture.keychain.items.get(items.journalHead)).toBe(`${last?.seq} ${last?.hash}`)
  })

  it('blocks neither releases nor the lock while the keychain does not take it', async () => {
    const { fixture, account, key } = await vaultOnDisk()
    fixture.keychain.failing = (call, item) => (call === 'write' && item === items.journalHead ? 'denied' : null)
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    await fixture.opened.anchor?.flush()
    await fixture.vault.lock()
    expect(fixture.vault.closed).toBe('locked')
  })
})
