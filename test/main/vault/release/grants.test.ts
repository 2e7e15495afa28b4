import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { allowNextRelease, listGrants, revokeGrant } from '../../../../main/vault/release/grants.ts'
import type { KeySummary } from '../../../../main/vault/model/key.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { dropPairing } from '../../../../main/vault/release/pairings.ts'
import type { Approval } from '../../../../shared/lists/approvals.ts'
import type { AskingRequester } from '../../../../main/vault/model/requester.ts'
import type { Purpose } from '../../../../shared/lists/purposes.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite } from '../../../../main/vault/release/sites.ts'
import { Gate } from '../fixtures/gate.ts'
import { goneAndBack, localVaultWithKey, newKey, remoteVault, remoteVaultWithKey, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { origin, pairedSite, shell } from '../fixtures/requesters.ts'

const minute = 60_000
const lasting: Exclude<Approval, 'once'>[] = ['for-a-while', 'always']

interface Scene {
  readonly fixture: VaultFixture
  readonly account: Account
  readonly key: KeySummary
  /** Who got it. */
  readonly requester?: AskingRequester
}

/** A requester that can be given this approval: only a site can be given `always`. */
function giveable(answer: Approval, fixture: VaultFixture): AskingRequester {
  return answer === 'always' ? pairedSite(fixture) : shell
}

function purposeOf({ kind }: AskingRequester): Purpose {
  return kind === 'site' ? 'fill' : 'get'
}

/** A key that the requester got with this approval. Every later prompt is denied. */
async function answered(
  answer: Approval,
  by: (fixture: VaultFixture) => AskingRequester = (fixture) => giveable(answer, fixture),
): Promise<Scene> {
  const { fixture, account, key } = await localVaultWithKey()
  addSite(fixture.opened, account.id, key.id, 'https://example.com', true)
  fixture.approver.answer = answer
  const requester = by(fixture)
  await release(fixture.opened, account.id, key.id, { purpose: purposeOf(requester), requester })
  fixture.approver.answer = 'approval-denied'
  return { fixture, account, key, requester }
}

function again(
  { fixture, account, key, requester: known = shell }: Scene,
  requester: AskingRequester = known,
  purpose: Purpose = purposeOf(requester),
): Promise<string | null> {
  return codeRejected(release(fixture.opened, account.id, key.id, { purpose, requester }))
}

describe('a remembered approval', () => {
  it.each(lasting)('%s: prevents another prompt for the same key, purpose and requester', async (answer) => {
    const scene = await answered(answer)
    expect(await again(scene)).toBe(null)
    expect(scene.fixture.approver.asked).toHaveLength(1)
    expect(scene.fixture.opened.cache.releases(scene.account.id)).toHaveLength(2)
  })

  it.each(lasting)('%s: is not valid for another key', async (answer) => {
    const scene = await answered(answer)
    const { key } = await newKey(scene.fixture, scene.account, 'other')
    addSite(scene.fixture.opened, scene.account.id, key.id, 'https://example.com', true)
    expect(await again({ ...scene, key })).toBe('approval-denied')
  })

  it('is not valid for another purpose', async () => {
    const scene = await answered('for-a-while')
    for (const purpose of ['copy', 'run', 'inject'] as const) expect(await again(scene, shell, purpose)).toBe('approval-denied')
  })

  it('is not valid for another program or folder, or for a program without a terminal', async () => {
    const scene = await answered('for-a-while')
    const others: Partial<typeof shell>[] = [
      { program: '/usr/bin/bash' },
      { program: '/home/ada/zsh' },
      { folder: '/home/ada' },
      { folder: '/home/ada/deploy/sub' },
      { terminal: null },
    ]
    for (const other of others) expect(await again(scene, { ...shell, ...other })).toBe('approval-denied')
  })

  it('for 15 minutes: is valid for this terminal session only', async () => {
    const scene = await answered('for-a-while')
    expect(await again(scene, { ...shell, session: '4712:100' })).toBe('approval-denied')
    expect(await again(scene, { ...shell, terminal: 'pts/4' })).toBe('approval-denied')
  })

  it('for 15 minutes: is valid for the whole session, whichever process asks', async () => {
    const seen = { pid: 4711, startedAt: 1, startedBy: '/usr/bin/xterm' }
    const scene = await answered('for-a-while', () => ({ ...shell, process: seen }))
    expect(await again(scene, { ...shell, process: { ...seen, pid: 4712, startedAt: 2 } })).toBe(null)
  })

  it('for 15 minutes: for a program without a terminal is not valid in a terminal', async () => {
    const scene = await answered('for-a-while', () => ({ ...shell, terminal: null }))
    expect(await again(scene, shell)).toBe('approval-denied')
    expect(await again(scene, { ...shell, terminal: null })).toBe(null)
  })

  // Remembered by a program's path alone, it would serve any program that executes that one.
  it('always: stored for a program grants nothing, and is not listed', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const grant = {
      accountId: account.id,
      keyId: key.id,
      id: 'ab'.repeat(8),
      purpose: 'get',
      requester: shell,
      at: fixture.now,
      until: null,
    } as const
    fixture.opened.cache.commit([{ op: 'put-grant', grant }])
    fixture.approver.answer = 'approval-denied'
    expect([await again({ fixture, account, key }), listGrants(fixture.opened)]).toEqual(['approval-denied', []])
  })

  it.each(lasting)('%s: is valid for this site, browser and pairing only', async (answer) => {
    const scene = await answered(answer, pairedSite)
    const requester = pairedSite(scene.fixture)
    expect(await again(scene, requester, 'fill')).toBe(null)
    expect(await again(scene, { ...requester, origin: 'https://api.example.com' }, 'fill')).toBe('approval-denied')
    expect(await again(scene, { ...requester, browser: '/usr/bin/chromium' }, 'fill')).toBe('approval-denied')
    expect(await again(scene, { ...requester, pairing: 'ffffffffffffffff' }, 'fill')).toBe('pairing-needed')
    expect(await again(scene, shell)).toBe('approval-denied')
  })

  it('for 15 minutes: ends after that time', async () => {
    const scene = await answered('for-a-while')
    scene.fixture.now += 15 * minute - 1
    expect(await again(scene)).toBe(null)
    scene.fixture.now += 1
    expect(await again(scene)).toBe('approval-denied')
    expect(listGrants(scene.fixture.opened)).toEqual([])
  })

  it('for a while: lasts as long as the preference says', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.preferences = { approvalMinutes: 2 }
    fixture.approver.answer = 'for-a-while'
    await release(fixture.opened, account.id, key.id, { purpose: 'get', requester: shell })
    fixture.approver.answer = 'approval-denied'
    fixture.now += 2 * minute - 1
    expect(await again({ fixture, account, key })).toBe(null)
    fixture.now += 1
    expect(await again({ fixture, account, key })).toBe('approval-denied')
  })

  it('for 15 minutes: starts at the answer, and not at the prompt', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = async () => ((fixture.now += minute), 'for-a-while')
    await release(fixture.opened, account.id, key.id, { purpose: 'get', requester: shell })
    expect(listGrants(fixture.opened)).toMatchObject([{ at: fixture.now, until: fixture.now + 15 * minute }])
  })

  it('for 15 minutes: is not extended by a clock that is set back', async () => {
    const scene = await answered('for-a-while')
    scene.fixture.now -= 1
    expect(await again(scene)).toBe('approval-denied')
    scene.fixture.now += 1
    expect(await again(scene)).toBe('approval-denied')
  })

  it('for 15 minutes: ends with the lock', async () => {
    const scene = await answered('for-a-while')
    await scene.fixture.vault.lock()
    await scene.fixture.vault.open()
    expect(await again(scene)).toBe('approval-denied')
    expect(listGrants(scene.fixture.opened)).toEqual([])
  })

  it('for 15 minutes: is not on disk, so that neither a full disk nor a killed process can leave it', async () => {
    const scene = await answered('for-a-while')
    expect(scene.fixture.disk.records.grants.size).toBe(0)
    scene.fixture.disk.full = true
    await scene.fixture.vault.lock()
    await scene.fixture.restart()
    scene.fixture.disk.full = false
    expect(await again(scene)).toBe('approval-denied')
  })

  it('always: outlasts the lock, the program and the 15 minutes', async () => {
    const scene = await answered('always')
    await scene.fixture.vault.lock()
    await scene.fixture.restart()
    scene.fixture.now += 365 * 24 * 60 * minute
    expect(await again(scene)).toBe(null)
  })

  it('always: given twice, to two concurrent prompts, is one approval', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    const gate = new Gate()
    fixture.approver.answer = async () => (await gate.pass(), 'always')
    const want = { purpose: 'fill', requester: pairedSite(fixture) } as const
    const both = Promise.all([release(fixture.opened, account.id, key.id, want), release(fixture.opened, account.id, key.id, want)])
    await gate.reached
    gate.open()
    await both
    expect(fixture.approver.asked).toHaveLength(2)
    expect(listGrants(fixture.opened)).toHaveLength(1)
  })
})

describe('remembered approvals', () => {
  it('are listed with their keys and accounts, newest first', async () => {
    const scene = await answered('always')
    const { fixture, account, key } = scene
    fixture.approver.answer = 'for-a-while'
    fixture.now += 1
    await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester: pairedSite(fixture, 'https://api.example.com') })
    const common = {
      accountId: account.id,
      keyId: key.id,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'ci',
      account: 'This computer',
    }
    expect(listGrants(fixture.opened)).toEqual([
      {
        ...common,
        purpose: 'fill',
        requester: pairedSite(fixture, 'https://api.example.com'),
        at: fixture.now,
        until: fixture.now + 15 * minute,
      },
      { ...common, purpose: 'fill', requester: pairedSite(fixture), at: fixture.now - 1, until: null },
    ])
  })

  it.each(lasting)('%s: end at once when they are revoked', async (answer) => {
    const scene = await answered(answer)
    const [grant] = listGrants(scene.fixture.opened)
    revokeGrant(scene.fixture.opened, scene.account.id, grant?.id ?? '')
    expect(listGrants(scene.fixture.opened)).toEqual([])
    expect(await again(scene)).toBe('approval-denied')
    revokeGrant(scene.fixture.opened, scene.account.id, grant?.id ?? '')
  })

  it.each(lasting)('%s: cannot be revoked through another account', async (answer) => {
    const scene = await answered(answer)
    const [grant] = listGrants(scene.fixture.opened)
    revokeGrant(scene.fixture.opened, 'another', grant?.id ?? '')
    expect(await again(scene)).toBe(null)
  })

  it.each(lasting)('%s: end with their pairing, and no others do', async (answer) => {
    const scene = await answered(answer, pairedSite)
    const { fixture, account, key } = scene
    fixture.approver.answer = 'for-a-while'
    await release(fixture.opened, account.id, key.id, { purpose: 'get', requester: shell })
    fixture.approver.answer = 'approval-denied'
    const requester = pairedSite(fixture)
    dropPairing(fixture.opened, requester.pairing)
    expect(listGrants(fixture.opened).map(({ purpose }) => purpose)).toEqual(['get'])
    expect(await again(scene, requester, 'fill')).toBe('pairing-needed')
    expect(await again(scene, pairedSite(fixture), 'fill')).toBe('approval-denied')
  })

  it.each(lasting)('%s: end with their key', async (answer) => {
    const { fixture, account, key } = await answered(answer)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect([listGrants(fixture.opened), fixture.opened.cache.grants(account.id)]).toEqual([[], []])
  })

  it.each(lasting)('%s: end when the server no longer has their key, and do not come back with it', async (answer) => {
    const { fixture, account, key } = await remoteVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = answer
    const requester = giveable(answer, fixture)
    await release(fixture.opened, account.id, key.id, { purpose: purposeOf(requester), requester })
    await goneAndBack(fixture, account, () => expect(listGrants(fixture.opened)).toEqual([]))
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = 'approval-denied'
    expect(await again({ fixture, account, key, requester })).toBe('approval-denied')
  })

  it.each(lasting)('%s: end with a deleted key, even if the server lists its id again', async (answer) => {
    const { fixture, account, listsAgain } = await deletedKey()
    fixture.approver.answer = answer
    const { key } = await newKey(fixture, account)
    addSite(fixture.opened, account.id, key.id, origin, false)
    const requester = giveable(answer, fixture)
    await release(fixture.opened, account.id, key.id, { purpose: purposeOf(requester), requester })
    allowNextRelease(fixture.opened, { accountId: account.id, keyId: key.id }, 'copy', shell)
    await deleteKey(fixture.opened, account.id, key.id, key.name)
    await listsAgain(key.id, key.name)
    expect(listGrants(fixture.opened)).toEqual([])
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = 'approval-denied'
    expect(await again({ fixture, account, key, requester })).toBe('approval-denied')
    expect(await again({ fixture, account, key }, shell, 'copy')).toBe('approval-denied')
  })

  it.each(lasting)('%s: end with their account', async (answer) => {
    const { fixture, account } = await answered(answer)
    await signOut(fixture.opened, account.id, true)
    expect([listGrants(fixture.opened), fixture.opened.cache.grants(account.id)]).toEqual([[], []])
  })
})

/** A server that lists a deleted key's id again, like one that was restored from a backup. */
async function deletedKey() {
  const { fixture, account } = await remoteVault()
  const listsAgain = async (id: string, name: string): Promise<void> => {
    const asked = fixture.servers.of(account)
    asked.fetchAll = async () => [{ id, name, enabled: true }]
    await refreshKeys(fixture.opened, account.id)
    expect(fixture.opened.cache.keys(account.id).map((key) => key.id)).toEqual([id])
  }
  return { fixture, account, listsAgain }
}

describe('a key that a person has just chosen for a requester', () => {
  it('is released once without a prompt', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    const requester = pairedSite(fixture)
    allowNextRelease(fixture.opened, { accountId: account.id, keyId: key.id }, 'fill', requester)
    expect(listGrants(fixture.opened)).toEqual([])
    expect(await again({ fixture, account, key }, requester, 'fill')).toBe(null)
    expect(fixture.approver.asked).toEqual([])
    expect(await again({ fixture, account, key }, requester, 'fill')).toBe('approval-denied')
  })

  it('needs a prompt for another requester, for another purpose, after a minute, and after the lock', async () => {
    const scene = await answered('once')
    const { fixture, account, key } = scene
    const allow = (): void => allowNextRelease(fixture.opened, { accountId: account.id, keyId: key.id }, 'get', shell)
    allow()
    expect(await again(scene, { ...shell, session: '1:1' })).toBe('approval-denied')
    expect(await again(scene, shell, 'run')).toBe('approval-denied')
    fixture.now += minute
    expect(await again(scene)).toBe('approval-denied')
    allow()
    await fixture.vault.lock()
    await fixture.vault.open()
    expect(await again(scene)).toBe('approval-denied')
  })

  it('is not released without a prompt after its key was gone for a while', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    allowNextRelease(fixture.opened, { accountId: account.id, keyId: key.id }, 'get', shell)
    await goneAndBack(fixture, account, () => undefined)
    expect(await again({ fixture, account, key })).toBe('approval-denied')
  })

  it('is not released to a browser that was unpaired since', async () => {
    const scene = await answered('once')
    const { fixture, account, key } = scene
    const requester = pairedSite(fixture)
    allowNextRelease(fixture.opened, { accountId: account.id, keyId: key.id }, 'fill', requester)
    dropPairing(fixture.opened, requester.pairing)
    expect(await again(scene, requester, 'fill')).toBe('pairing-needed')
  })
})
