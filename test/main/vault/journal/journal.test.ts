import { describe, expect, it } from 'vitest'
import { listGrants, revokeGrant } from '../../../../main/vault/release/grants.ts'
import { journalLength, lastReleasesOf } from '../../../../main/vault/journal/journal.ts'
import { hashOf, type Line, releaseEntry } from '../../../../main/vault/journal/journal-line.ts'
import { deleteKey, disableKey, enableKey } from '../../../../main/vault/keys/key-operations.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { verifyKey } from '../../../../main/vault/keys/verify-keys.ts'
import { localVault, localVaultWithKey, newKey, type VaultFixture } from '../fixtures/vault.ts'
import { shell } from '../fixtures/requesters.ts'

const window = { kind: 'window', program: '/usr/bin/xterm', title: 'ada@host: ~' } as const

describe('the journal', () => {
  it('lists what each key was used for, when and by whom, newest first', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    const other = await newKey(fixture, account, 'other')
    const start = fixture.now
    const use = { accountId: account.id, keyId: key.id }
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    fixture.now += 1
    await release(fixture.opened, account.id, key.id, { purpose: 'type', requester: window })
    fixture.now += 1
    await release(fixture.opened, account.id, key.id, { purpose: 'run', requester: shell, detail: 'deploy.sh' })
    await release(fixture.opened, account.id, other.key.id, { purpose: 'copy' })
    const uses = [
      { ...use, purpose: 'run', requester: shell, at: start + 2 },
      { ...use, purpose: 'type', requester: window, at: start + 1 },
      { ...use, purpose: 'reveal', requester: { kind: 'person' }, at: start },
    ]
    expect(lastReleasesOf(fixture.opened, account.id, key.id, 10)).toEqual(uses)
    expect(lastReleasesOf(fixture.opened, account.id, key.id, 2)).toEqual(uses.slice(0, 2))
    expect(fixture.opened.cache.lastUses(account.id)).toEqual(
      new Map([
        [key.id, start + 2],
        [other.key.id, fixture.now],
      ]),
    )
    expect(JSON.stringify([...fixture.disk.records.lines])).not.toContain(value)
  })

  it('does not count verifications as uses', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    await verifyKey(fixture.opened, account.id, key.id)
    expect(fixture.opened.cache.releases(account.id)).toMatchObject([{ purpose: 'verify', requester: { kind: 'person' } }])
    expect(lastReleasesOf(fixture.opened, account.id, key.id, 10)).toEqual([])
    expect(fixture.opened.cache.lastUses(account.id)).toEqual(new Map())
    expect(lastReleasesOf(fixture.opened, 'another', key.id, 10)).toEqual([])
  })

  it('truncates the text of a window and makes it readable', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const requester = { kind: 'window', program: '/usr/bin/xterm\u001b[2J', title: `\u202eTöpfe 🔑 \n${'x'.repeat(1_000_000)}` } as const
    await release(fixture.opened, account.id, key.id, { purpose: 'type', requester })
    const title = `\ufffdTöpfe 🔑 \ufffd${'x'.repeat(256)}`.slice(0, 256)
    expect(lastReleasesOf(fixture.opened, account.id, key.id, 1)).toMatchObject([
      { requester: { kind: 'window', program: '/usr/bin/xterm\ufffd[2J', title } },
    ])
  })

  it('has a line for each relevant event, in one hash chain', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    await disableKey(fixture.opened, account.id, key.id)
    await enableKey(fixture.opened, account.id, key.id)
    fixture.approver.answer = 'for-a-while'
    await release(fixture.opened, account.id, key.id, { purpose: 'run', requester: shell })
    const [grant] = listGrants(fixture.opened)
    revokeGrant(fixture.opened, account.id, grant?.id ?? '')
    revokeGrant(fixture.opened, account.id, grant?.id ?? '')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    await fixture.vault.lock()
    await fixture.vault.open()
    const ofKey = { accountId: account.id, keyId: key.id, name: 'ci', purpose: null, requester: null, detail: null }
    const ofVault = { accountId: null, keyId: null, name: null, purpose: null, requester: null, detail: null }
    const asked = { ...ofKey, purpose: 'run', requester: shell }
    expect(linesOf(fixture)).toMatchObject([
      { seq: 1, event: 'unlocked', ...ofVault },
      { seq: 2, event: 'created', ...ofKey },
      { seq: 3, event: 'disabled', ...ofKey },
      { seq: 4, event: 'enabled', ...ofKey },
      { seq: 5, event: 'approved', ...asked, detail: 'for-a-time' },
      { seq: 6, event: 'release', ...asked },
      { seq: 7, event: 'revoked', ...asked, detail: 'for-a-time' },
      { seq: 8, event: 'deleted', ...ofKey },
      { seq: 9, event: 'locked', ...ofVault },
      { seq: 10, event: 'unlocked', ...ofVault },
    ])
    expect(isChain(linesOf(fixture))).toBe(true)
  })

  it('is trimmed at its beginning only, and the rest is still a valid chain', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const use = releaseEntry({ accountId: account.id, keyId: key.id, purpose: 'copy', requester: { kind: 'person' }, at: 1 }, 'ci')
    fixture.opened.cache.commit(Array.from({ length: journalLength }, () => ({ op: 'note' as const, entry: use })))
    await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })
    const lines = linesOf(fixture)
    expect([lines.length, lines[0]?.seq, lines.at(-1)?.purpose]).toEqual([journalLength, 4, 'reveal'])
    expect(isChain(lines)).toBe(true)
  })

  it('prevents neither opening nor locking if the disk is full', async () => {
    const { fixture } = await localVault()
    fixture.disk.full = true
    await fixture.vault.lock()
    expect(fixture.vault.closed).toBe('locked')
    await fixture.vault.open()
    expect([fixture.vault.closed, linesOf(fixture).map(({ event }) => event)]).toEqual([null, ['unlocked']])
  })
})

/** Oldest first. */
function linesOf(fixture: VaultFixture): Line[] {
  return fixture.opened.cache.lines({ limit: Infinity }).reverse()
}

function isChain(lines: readonly Line[]): boolean {
  return lines.every((line, index) => {
    const before = lines[index - 1]
    return line.hash === hashOf(line) && (before === undefined || (line.previous === before.hash && line.seq === before.seq + 1))
  })
}
