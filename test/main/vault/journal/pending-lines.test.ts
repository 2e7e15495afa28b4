import { describe, expect, it } from 'vitest'
import { exportable, exportValues } from '../../../../main/vault/backup/export-values.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { hashOf } from '../../../../main/vault/journal/journal-line.ts'
import { requireAllValuesKnown } from '../../../../main/vault/keychain/migrate-items.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { localVaultWithKey, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { shell } from '../fixtures/requesters.ts'

/** A vault that lost its root key and is read-only. */
async function readOnlyVault(): Promise<{ fixture: VaultFixture; accountId: string; keyId: string; root: string }> {
  const { fixture, account, key } = await localVaultWithKey()
  const root = fixture.keychain.items.get(items.root) ?? ''
  fixture.keychain.items.delete(items.root)
  await fixture.restartAndResume()
  return { fixture, accountId: account.id, keyId: key.id, root }
}

const releases = (fixture: VaultFixture) =>
  fixture.opened.cache
    .lines({ limit: 100 })
    .filter(({ event }) => event === 'release' || event === 'exported')
    .map(({ event, purpose, name, at }) => [event, purpose, name, at])
    .reverse()

const pending = (fixture: VaultFixture): string[] => [...fixture.keychain.items.keys()].filter((item) => item.startsWith('pending-lines/'))

// They were in a journal in memory, which ended with the process: a value could be released without a line anywhere.
describe('releases of a read-only vault', () => {
  it.each([
    ['whole again', (fixture: VaultFixture, root: string) => void fixture.keychain.items.set(items.root, root)],
    ['repaired', (fixture: VaultFixture) => fixture.vault.repair()],
  ])('are in the journal after the vault is %s, across restarts and kills', async (_, mend) => {
    const { fixture, accountId, keyId, root } = await readOnlyVault()
    fixture.approver.answer = 'once'
    const start = fixture.now
    await release(fixture.opened, accountId, keyId, { purpose: 'reveal' })
    await fixture.restartAndResume()
    fixture.now += 1000
    await release(fixture.opened, accountId, keyId, { purpose: 'get', requester: shell })
    await exportValues(fixture.opened, exportable(fixture.opened, [accountId]).keys, 'json')
    expect(JSON.stringify(pending(fixture).map((item) => fixture.keychain.items.get(item)))).not.toContain(
      fixture.keychain.items.get(items.value(accountId, keyId)),
    )
    await fixture.restart()
    await mend(fixture, root)
    await fixture.vault.open()
    await fixture.vault.resume()
    expect(fixture.opened.readOnly).toBeNull()
    expect(releases(fixture)).toEqual([
      ['release', 'reveal', 'ci', start],
      ['release', 'get', 'ci', start + 1000],
      ['release', 'export', 'ci', start + 1000],
      ['exported', null, null, start + 1000],
    ])
    const lines = fixture.opened.cache.lines({ limit: 100 })
    expect(lines.find(({ purpose }) => purpose === 'get')?.requester).toEqual(shell)
    for (const line of lines) expect(line.hash).toBe(hashOf(line))
    expect(pending(fixture)).toEqual([])
  })

  // A change of keychain right after the repair used to leave them in the first one, and the journal never got them.
  it('are in the journal before the vault moves into another keychain, which leaves none of them behind', async () => {
    const { fixture, accountId, keyId } = await readOnlyVault()
    await release(fixture.opened, accountId, keyId, { purpose: 'reveal' })
    await fixture.vault.repair()
    await requireAllValuesKnown(fixture.opened)
    expect([releases(fixture), pending(fixture)]).toEqual([[['release', 'reveal', 'ci', fixture.now]], []])
  })

  it('are refused while the keychain does not take their line', async () => {
    const { fixture, accountId, keyId } = await readOnlyVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('pending-lines/') ? 'denied' : null)
    expect(await codeRejected(release(fixture.opened, accountId, keyId, { purpose: 'reveal' }))).toBe('keychain-denied')
  })

  it('are journaled once, even after an interruption before the keychain removed the line', async () => {
    const { fixture, accountId, keyId, root } = await readOnlyVault()
    await release(fixture.opened, accountId, keyId, { purpose: 'reveal' })
    fixture.now += 1
    await release(fixture.opened, accountId, keyId, { purpose: 'copy' })
    fixture.keychain.items.set(items.root, root)
    await fixture.restart()
    fixture.keychain.failing = (call, item) => (call === 'remove' && item === items.pendingLines(0) ? 'locked' : null)
    await fixture.vault.resume().catch(() => undefined)
    fixture.keychain.failing = () => null
    expect(pending(fixture)).toEqual([items.pendingLines(0)])
    await fixture.restartAndResume()
    expect(releases(fixture).map(([, purpose]) => purpose)).toEqual(['reveal', 'copy'])
    expect(pending(fixture)).toEqual([])
  })

  it('are journaled from valid lines only', async () => {
    const { fixture, accountId, keyId, root } = await readOnlyVault()
    await release(fixture.opened, accountId, keyId, { purpose: 'reveal' })
    const item = items.pendingLines(0)
    const line = JSON.parse(fixture.keychain.items.get(item) ?? '') as object
    const others = [{ at: 0.5 }, { at: 1e300 }, { event: 'nothing' }, { purpose: 'toString' }, { requester: { kind: 'site' } }, { name: 7 }]
    fixture.keychain.items.set(
      item,
      [...others.map((other) => JSON.stringify({ ...line, ...other })), 'null', '{', JSON.stringify(line)].join('\n'),
    )
    fixture.keychain.items.set(items.root, root)
    await fixture.restartAndResume()
    expect(releases(fixture)).toHaveLength(1)
  })

  it('have lines that fit into the items of every keychain, whatever the names are', async () => {
    const { fixture, accountId, keyId, root } = await readOnlyVault()
    fixture.keychain.limit = 2560
    fixture.approver.answer = 'once'
    const long = '/töpfe'.repeat(600)
    const process = { pid: 7, startedAt: fixture.now, startedBy: long }
    const requester = { ...shell, program: long, folder: long, session: long, process }
    await release(fixture.opened, accountId, keyId, { purpose: 'get', requester })
    for (const item of pending(fixture)) expect(Buffer.byteLength(fixture.keychain.items.get(item) ?? '')).toBeLessThan(1892)
    fixture.keychain.items.set(items.root, root)
    await fixture.restartAndResume()
    expect(releases(fixture)).toHaveLength(1)
  })
})
