import { describe, expect, it } from 'vitest'
import { compareSnapshot } from '../../../../main/vault/backup/compare-snapshot.ts'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { exportable, exportValues } from '../../../../main/vault/backup/export-values.ts'
import { newCreation } from '../../../../main/vault/sync/pending-changes.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { hashOf } from '../../../../main/vault/journal/journal-line.ts'
import { deleteKey, disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { revokeGrant } from '../../../../main/vault/release/grants.ts'
import { addPairing, dropPairing } from '../../../../main/vault/release/pairings.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { restore } from '../../../../main/vault/backup/restore.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { recordsIn, type Snapshot, takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { fullVault, otherComputer } from '../fixtures/full-vault.ts'
import { byEmail, type VaultFixture, server } from '../fixtures/vault.ts'
import { changes, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'

async function snapshotOf(fixture: VaultFixture): Promise<Snapshot> {
  return (await takeSnapshot(fixture.opened, async () => null)).snapshot
}

/** Every value that can be released, by account and name. */
async function values(fixture: VaultFixture): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { id } of fixture.opened.cache.accounts()) {
    for (const key of fixture.opened.cache.keys(id).filter(({ value }) => value === 'here' || value === 'sealed')) {
      found[`${id}/${key.name}`] = (await release(fixture.opened, id, key.id, { purpose: 'reveal' })).expose()
    }
  }
  return found
}

describe('a snapshot', () => {
  it('restored into an empty vault yields every record and value, under another root key', async () => {
    const { fixture, remote, local } = await fullVault()
    const before = await values(fixture)
    expect(
      Object.keys(before)
        .map((name) => name.split('/')[1])
        .sort(),
    ).toEqual(['STRIPE', 'ci', 'gone', 'mine'])
    const snapshot = await snapshotOf(fixture)
    const other = await otherComputer(fixture)
    await restore(other.opened, snapshot)
    await other.vault.resume()
    expect(await values(other)).toEqual(before)
    const { accounts, keys, lines, intents, news, grants, pairings, ...rest } = await recordsIn(other.opened.cache)
    const written = await recordsIn(fixture.opened.cache)
    expect(written).toMatchObject(rest)
    expect([intents, news.map(({ what }) => what)]).toEqual([[], [...written.news.map(({ what }) => what), 'not-created-restored']])
    expect(keys.map(({ name, value }) => [name, value])).toContainEqual(['theirs', 'elsewhere'])
    expect(lines.slice(0, written.lines.length)).toEqual(written.lines)
    expect([grants, pairings]).toEqual([[], []])
    expect(other.check).not.toBe(fixture.check)
    expect(accounts.find(({ id }) => id === remote.id)?.email).toBe(remote.email)
    expect(await openLocal(other.opened)).toMatchObject({ id: local.id, userId: local.userId })
  })

  // An approval and a browser that were revoked after the backup used to be valid again, unnoticed.
  it('restores no approval and no paired browser: a site gets nothing before its person was asked', async () => {
    const { fixture, remote, pairing } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    const [grant] = fixture.opened.cache.grants(remote.id)
    expect(grant).toMatchObject({ until: null, requester: { kind: 'site', pairing } })
    revokeGrant(fixture.opened, remote.id, grant?.id ?? '')
    dropPairing(fixture.opened, pairing)
    const other = await otherComputer(fixture)
    await restore(other.opened, snapshot)
    expect([other.opened.cache.grants(remote.id), other.opened.cache.pairings()]).toEqual([[], []])
    const requester = { kind: 'site', origin: 'https://console.example.com', browser: '/usr/bin/chromium' } as const
    const fill = (id: string): Promise<Secret> =>
      release(other.opened, remote.id, grant?.keyId ?? '', { purpose: 'fill', requester: { ...requester, pairing: id } })
    other.approver.answer = 'always'
    expect(await codeRejected(fill(pairing))).toBe('pairing-needed')
    const anew = addPairing(other.opened, { browser: requester.browser, theirKey: 'BTheirs', ourKey: new Secret('another-private-key') })
    const asked = other.approver.asked.length
    expect((await fill(anew.id)).expose()).toBe(fixture.keychain.items.get(items.value(remote.id, grant?.keyId ?? '')))
    expect(other.approver.asked).toHaveLength(asked + 1)
  })

  it('contains no sessions: servers need a new sign-in, and the local vault signs itself in', async () => {
    const { fixture, remote, local, stored } = await fullVault()
    const other = await otherComputer(fixture)
    await restore(other.opened, await snapshotOf(fixture))
    const signedIn = Object.fromEntries(other.opened.cache.accounts().map((one) => [one.id, one.signedIn]))
    expect(signedIn).toEqual({ [remote.id]: false, [local.id]: true, [stored.id]: true })
    expect([...other.keychain.items.keys()].filter((item) => item.startsWith('session/'))).toEqual([])
    expect(await signIn(other.opened, server, byEmail)).toMatchObject({ id: remote.id, signedIn: true })
  })

  it('continues the journal where the other one stopped', async () => {
    const { fixture } = await fullVault()
    const other = await otherComputer(fixture)
    await restore(other.opened, await snapshotOf(fixture))
    const lines = (await recordsIn(other.opened.cache)).lines
    lines.forEach((line, at) => {
      expect(line.hash).toBe(hashOf(line))
      if (at > 0) expect(line.previous).toBe(lines[at - 1]?.hash)
    })
    expect(lines.slice(-2).map(({ event }) => event)).toEqual(['backed-up', 'restored'])
  })

  // Somebody could export all values, forget the accounts and restore a backup: the journal verified as intact without the export.
  it('removes nothing from a journal that has more than openings', async () => {
    const { fixture, local, remote, stored, pairing } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    await exportValues(fixture.opened, exportable(fixture.opened, [remote.id]).keys, 'json')
    for (const { id } of [local, remote, stored]) await signOut(fixture.opened, id, true)
    dropPairing(fixture.opened, pairing)
    const before = (await recordsIn(fixture.opened.cache)).lines
    expect(before.map(({ event }) => event)).toContain('exported')
    await restore(fixture.opened, snapshot)
    const { lines, accounts } = await recordsIn(fixture.opened.cache)
    expect(accounts).toHaveLength(3)
    expect(lines.slice(0, -1)).toEqual(before)
    expect(lines.at(-1)).toMatchObject({ event: 'restored', previous: before.at(-1)?.hash })
  })

  it('is restored only into an empty vault', async () => {
    const { fixture } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    expect(await codeRejected(restore(fixture.opened, snapshot))).toBe('vault-not-empty')
    const other = await otherComputer(fixture)
    await storeValues(other.opened, [{ name: 'one', value: new Secret('x') }])
    expect(await codeRejected(restore(other.opened, snapshot))).toBe('vault-not-empty')
  })

  it('is restored atomically', async () => {
    const { fixture, local } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    const other = await otherComputer(fixture)
    const empty = new Map(other.keychain.items)
    const refused = async (): Promise<void> => {
      expect(other.opened.cache.accounts()).toEqual([])
      expect(other.keychain.items).toEqual(empty)
    }
    other.disk.full = true
    expect(await codeRejected(restore(other.opened, snapshot))).toBe('disk-full')
    await refused()
    other.disk.full = false
    other.keychain.failing = (call, item) => (call === 'write' && item === items.local ? 'denied' : null)
    expect(await codeRejected(restore(other.opened, snapshot))).toBe('keychain-denied')
    other.keychain.failing = () => null
    await refused()
    await restore(other.opened, snapshot)
    expect(other.opened.cache.current()).toBe(snapshot.current)
    expect(other.opened.cache.accounts().map(({ id }) => id)).toContain(local.id)
  })

  // If the keychain was locked after the commit, the call reported that nothing was restored, and a cache that was lost later took every
  // stored value with it.
  it('is restored once it is committed, and the keychain gets later what it did not take then', async () => {
    const { fixture } = await fullVault()
    const before = await values(fixture)
    const other = await otherComputer(fixture)
    other.keychain.failing = (call, item) => (call === 'write' && /^(?:stored|accounts?)\b/.test(item) ? 'locked' : null)
    await restore(other.opened, await snapshotOf(fixture))
    expect([...other.keychain.items.keys()].filter((item) => /^(?:stored|accounts?)\b/.test(item))).toEqual([])
    other.keychain.failing = () => null
    await other.vault.resume()
    other.disk.damage()
    await other.restart({ servers: fixture.servers })
    const stored = ([name]: [string, string]): boolean => name.endsWith('/STRIPE')
    expect(Object.entries(await values(other)).filter(stored)).toEqual(Object.entries(before).filter(stored))
  })

  it('keeps every value while the keychain takes none, also after a restart', async () => {
    const { fixture } = await fullVault()
    const before = await values(fixture)
    const other = await otherComputer(fixture)
    other.keychain.failing = (call, item) => (call === 'write' && item.startsWith('value/') ? 'locked' : null)
    await restore(other.opened, await snapshotOf(fixture))
    await other.restart({ servers: fixture.servers })
    expect(await values(other)).toEqual(before)
  })

  it('reports the values that it lacks because the keychain lost or changed them', async () => {
    const { fixture, remote, local } = await fullVault()
    const idOf = (account: string, name: string): string => fixture.opened.cache.keys(account).find((key) => key.name === name)?.id ?? ''
    fixture.keychain.items.delete(items.value(remote.id, idOf(remote.id, 'ci')))
    fixture.keychain.items.set(items.value(local.id, idOf(local.id, 'mine')), 'something else')
    const { secrets } = await snapshotOf(fixture)
    expect([...secrets.keys()].filter((item) => item.startsWith('value/'))).toHaveLength(2)
  })

  it('waits for operations in progress', async () => {
    const { fixture, remote } = await fullVault()
    const creating = createKey(fixture.opened, remote.id, 'new')
    const snapshot = await snapshotOf(fixture)
    await creating
    expect(snapshot.keys.find(({ name }) => name === 'new')).toMatchObject({ value: 'here' })
  })

  it('is refused while the keychain cannot be read', async () => {
    const { fixture } = await fullVault()
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(snapshotOf(fixture))).toBe('keychain-locked')
  })
})

describe('a backup compared with the vault', () => {
  const part = async (fixture: VaultFixture, snapshot: Snapshot, name: string) =>
    (await compareSnapshot(fixture.opened, snapshot)).find((one) => one.part === name)

  it('is equal in every part right after it was made', async () => {
    const { fixture } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    const compared = await compareSnapshot(fixture.opened, snapshot)
    expect(compared.map(({ part: name, different, onlyInVault, onlyInBackup }) => [name, different, onlyInVault, onlyInBackup])).toEqual(
      ['accounts', 'keys', 'values', 'sites', 'approvals', 'browsers', 'changes', 'journal'].map((name) => [name, [], [], []]),
    )
    expect(Object.fromEntries(compared.map(({ part: name, equal }) => [name, equal]))).toMatchObject({
      ...{ accounts: 3, keys: 5, values: 4, sites: 1, approvals: 1, browsers: 1, changes: 1, journal: snapshot.lines.length },
    })
  })

  it('reports what was added, removed and changed since', async () => {
    const { fixture, local, stored } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    await createKey(fixture.opened, local.id, 'newer')
    await deleteKey(fixture.opened, stored.id, listKeys(fixture.opened, stored.id).keys[0]?.id ?? '', 'STRIPE')
    expect(await part(fixture, snapshot, 'keys')).toMatchObject({
      equal: 4,
      onlyInVault: ['newer · This computer'],
      onlyInBackup: ['STRIPE · Stored values'],
    })
    expect(await part(fixture, snapshot, 'values')).toMatchObject({ equal: 3, different: [] })
    expect(await part(fixture, snapshot, 'journal')).toMatchObject({ different: [] })
  })

  it('finds a changed value, and a changed line of the journal', async () => {
    const { fixture, local } = await fullVault()
    const snapshot = await snapshotOf(fixture)
    const id = fixture.opened.cache.keys(local.id)[0]?.id ?? ''
    const secrets = new Map(snapshot.secrets).set(items.value(local.id, id), new Secret('another'))
    expect((await part(fixture, { ...snapshot, secrets }, 'values'))?.different).toEqual(['mine · This computer'])
    const lines = snapshot.lines.map((line) => (line.seq === 3 ? { ...line, hash: 'f'.repeat(64) } : line))
    expect((await part(fixture, { ...snapshot, lines }, 'journal'))?.different).toEqual(['3'])
  })
})

describe('pending changes in a backup', () => {
  // A deletion that was pending in an old backup, and cancelled since, used to be applied at the first sync after the restore.
  it('are not applied after the restore: each is reported instead, and the server keeps every key', async () => {
    const { fixture, remote } = await fullVault()
    const key = fixture.opened.cache.keys(remote.id).find(({ name }) => name === 'ci')
    const theirs = fixture.opened.cache.keys(remote.id).find(({ name }) => name === 'theirs')
    offline(fixture)
    await disableKey(fixture.opened, remote.id, theirs?.id ?? '')
    await deleteKey(fixture.opened, remote.id, key?.id ?? '', 'ci')
    const snapshot = await snapshotOf(fixture)
    expect(snapshot.intents.map(({ kind }) => kind).sort()).toEqual(['create', 'delete', 'disable'])
    online(fixture)
    const other = await otherComputer(fixture)
    await restore(other.opened, snapshot)
    expect(listKeys(other.opened, remote.id).waiting).toEqual([])
    await signIn(other.opened, server, byEmail)
    const asked = changes(fixture).length
    const list = await refreshKeys(other.opened, remote.id)
    expect(changes(fixture).slice(asked)).toEqual([])
    expect(list.keys.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['ci', true],
      ['theirs', true],
    ])
    expect(list.news.map(({ what, name, keyId }) => [what, name, keyId])).toEqual(
      expect.arrayContaining([
        ['not-deleted-restored', 'ci', key?.id],
        ['not-disabled-restored', 'theirs', theirs?.id],
        ['not-created-restored', 'next', null],
      ]),
    )
    expect((await release(other.opened, remote.id, key?.id ?? '', { purpose: 'reveal' })).expose()).toBeTruthy()
  })

  it('are settled and never sent again if they are creations that had been sent', async () => {
    const { fixture, remote } = await fullVault()
    const elsewhere = fixture.servers.of({ id: 'elsewhere', server })
    await elsewhere.create('sent') // the request whose answer was lost
    fixture.opened.cache.commit([
      ...fixture.opened.cache.intents(remote.id).map(({ id }) => ({ op: 'drop-intent' as const, accountId: remote.id, id })),
      { op: 'put-intent', intent: newCreation(fixture.opened, remote.id, 'sent', { sent: true }) },
      { op: 'put-intent', intent: { ...newCreation(fixture.opened, remote.id, 'never', { sent: true }), order: 9 } },
    ])
    const other = await otherComputer(fixture)
    await restore(other.opened, await snapshotOf(fixture))
    expect(listKeys(other.opened, remote.id).waiting).toMatchObject([
      { kind: 'create', name: 'sent', sent: true },
      { kind: 'create', name: 'never', sent: true },
    ])
    await signIn(other.opened, server, byEmail)
    other.now += 60_000
    const asked = changes(fixture).length
    const list = await refreshKeys(other.opened, remote.id)
    expect(changes(fixture).slice(asked)).toEqual([])
    expect(list.waiting).toEqual([])
    expect(list.keys).toContainEqual(expect.objectContaining({ name: 'sent', value: 'lost' }))
    expect(list.news).toContainEqual(expect.objectContaining({ what: 'not-created', name: 'never' }))
  })

  it('leave the value of a key that the server had already deleted in the trash', async () => {
    const { fixture, remote } = await fullVault()
    const key = fixture.opened.cache.keys(remote.id).find(({ name }) => name === 'ci')
    fixture.keychain.failing = (call) => (call === 'remove' ? 'locked' : null)
    await deleteKey(fixture.opened, remote.id, key?.id ?? '', 'ci')
    fixture.keychain.failing = () => null
    const other = await otherComputer(fixture)
    await restore(other.opened, await snapshotOf(fixture))
    const list = listKeys(other.opened, remote.id)
    expect([list.waiting, list.trash.map(({ name }) => name).sort()]).toEqual([[], ['ci', 'gone']])
    expect(list.news).toContainEqual(expect.objectContaining({ what: 'gone', name: 'ci' }))
  })
})
