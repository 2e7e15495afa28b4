import { describe, expect, it } from 'vitest'
import { listGrants, revokeGrant } from '../../../../main/vault/release/grants.ts'
import { dropPairing } from '../../../../main/vault/release/pairings.ts'
import type { Approval } from '../../../../shared/lists/approvals.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite, removeSite, sitesOf } from '../../../../main/vault/release/sites.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVault, localVaultWithKey, newKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { origin, pairedSite } from '../fixtures/requesters.ts'

describe('a site that asks for a value', () => {
  const answers: Approval[] = ['once', 'for-a-while', 'always']

  it('gets it if the key belongs to it, and the person approves it', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, 'console.example.com', false)
    fixture.approver.answer = 'once'
    const requester = pairedSite(fixture)
    const secret = await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester })
    expect(secret.expose()).toBe(value)
    expect(fixture.approver.asked).toMatchObject([{ purpose: 'fill', requester, detail: null }])
  })

  it.each([
    'https://evil.example',
    'https://example.com',
    'https://www.console.example.com',
    'https://console.example.com:8443',
    'http://console.example.com',
    'null',
    '',
  ])('is refused at %j without a prompt, whatever the site is', async (at) => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = 'always'
    const requester = pairedSite(fixture, at)
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(fixture.approver.asked).toEqual([])
  })

  it('is refused the key of another site', async () => {
    const { fixture, account } = await localVault()
    const [ours, theirs] = [await newKey(fixture, account, 'ours'), await newKey(fixture, account, 'theirs')]
    addSite(fixture.opened, account.id, ours.key.id, origin, false)
    addSite(fixture.opened, account.id, theirs.key.id, 'https://evil.example', false)
    fixture.approver.answer = 'always'
    const requester = pairedSite(fixture, 'https://evil.example')
    expect(await codeRejected(release(fixture.opened, account.id, ours.key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(fixture.approver.asked).toEqual([])
  })

  it('is refused through a browser that is not paired', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = 'always'
    const requester = { ...pairedSite(fixture), pairing: 'ffffffffffffffff' }
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('pairing-needed')
    expect(fixture.approver.asked).toEqual([])
  })

  it.each(answers)('gets nothing if its site was removed from the key before the answer %s', async (answer) => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = async () => {
      for (const site of sitesOf(fixture.opened, account.id, key.id)) removeSite(fixture.opened, account.id, site.id)
      return answer
    }
    const requester = pairedSite(fixture)
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(fixture.opened.cache.grants(account.id)).toEqual([])
  })

  it.each(answers)('gets nothing if its browser was unpaired before the answer %s', async (answer) => {
    const { fixture, account, key } = await localVaultWithKey()
    addSite(fixture.opened, account.id, key.id, origin, false)
    const requester = pairedSite(fixture)
    fixture.approver.answer = async () => (dropPairing(fixture.opened, requester.pairing), answer)
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('pairing-needed')
    expect(fixture.opened.cache.grants(account.id)).toEqual([])
  })

  it('gets nothing through an approval for always once its site was removed from the key', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const site = addSite(fixture.opened, account.id, key.id, origin, false)
    fixture.approver.answer = 'always'
    const want = { purpose: 'fill', requester: pairedSite(fixture) } as const
    await release(fixture.opened, account.id, key.id, want)
    removeSite(fixture.opened, account.id, site.id)
    expect(await codeRejected(release(fixture.opened, account.id, key.id, want))).toBe('site-refused')
  })

  describe('while the keychain prompts for its password', () => {
    it('gets nothing if its site is removed from the key, and no approval is remembered', async () => {
      const { releasing, scene, passed } = await waitingForKeychain('always')
      removeSite(scene.fixture.opened, scene.account.id, scene.site.id)
      passed()
      expect(await releasing).toBe('site-refused')
      expect(left(scene)).toEqual([[], []])
    })

    it('gets nothing if its browser is unpaired', async () => {
      const { releasing, scene, passed } = await waitingForKeychain('for-a-while')
      dropPairing(scene.fixture.opened, scene.requester.pairing)
      passed()
      expect(await releasing).toBe('pairing-needed')
      expect(left(scene)).toEqual([[], []])
    })

    it('gets nothing if it is gone itself', async () => {
      const { releasing, scene, passed, gone } = await waitingForKeychain('once')
      gone()
      passed()
      expect(await releasing).toBe('approval-expired')
      expect(left(scene)).toEqual([[], []])
    })

    it('gets nothing through a remembered approval that is revoked meanwhile', async () => {
      const { fixture, account, key, requester } = await givenKey()
      fixture.approver.answer = 'always'
      await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester })
      const gate = new Gate()
      fixture.keychain.failing = async () => (await gate.pass(), null)
      const releasing = codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'fill', requester }))
      await gate.reached
      for (const { id } of listGrants(fixture.opened)) revokeGrant(fixture.opened, account.id, id)
      gate.open()
      expect(await releasing).toBe('approval-denied')
      expect(fixture.opened.cache.releases(account.id)).toHaveLength(1)
    })
  })
})

async function givenKey() {
  const { fixture, account, key } = await localVaultWithKey()
  const site = addSite(fixture.opened, account.id, key.id, origin, false)
  return { fixture, account, key, site, requester: pairedSite(fixture) }
}

/** A person has answered, and the keychain has not yet. */
async function waitingForKeychain(answer: Approval) {
  const scene = await givenKey()
  const { fixture, account, key, requester } = scene
  const [gate, asking] = [new Gate(), new AbortController()]
  fixture.approver.answer = answer
  fixture.keychain.failing = async () => (await gate.pass(), null)
  const want = { purpose: 'fill', requester, withdrawn: asking.signal } as const
  const releasing = codeRejected(release(fixture.opened, account.id, key.id, want))
  await gate.reached
  return { scene, releasing, passed: () => gate.open(), gone: () => asking.abort() }
}

/** The releases in the journal, and the remembered approvals. */
function left({ fixture, account }: Awaited<ReturnType<typeof givenKey>>): unknown[] {
  return [fixture.opened.cache.releases(account.id), listGrants(fixture.opened)]
}
