import { describe, expect, it } from 'vitest'
import { offeredApprovals, listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import type { Requester } from '../../../../main/vault/model/requester.ts'
import type { Purpose } from '../../../../shared/lists/purposes.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite } from '../../../../main/vault/release/sites.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVaultWithKey, newKey, remoteVault, remoteVaultWithKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { origin, pairedSite, shell } from '../fixtures/requesters.ts'

const get = { purpose: 'get', requester: shell } as const

describe('a program that asks for a value', () => {
  it('gets it after the person approved it, who was shown the key, the purpose and the program', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.approver.answer = 'once'
    const secret = await release(fixture.opened, account.id, key.id, { ...get, purpose: 'run', detail: 'deploy.sh' })
    expect(secret.expose()).toBe(value)
    expect(fixture.approver.asked).toEqual([
      {
        keys: [{ accountId: account.id, keyId: key.id, name: 'ci', account: 'This computer' }],
        purpose: 'run',
        requester: shell,
        detail: 'deploy.sh',
      },
    ])
    expect(fixture.opened.cache.releases(account.id)).toEqual([
      { accountId: account.id, keyId: key.id, purpose: 'run', requester: shell, at: fixture.now },
    ])
  })

  it('describes its request in its own words, which cannot change how the rest is displayed', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, { ...get, detail: `\u202emr -rf\r\n\u001b[1m${'x'.repeat(10_000)}` })
    const [asked] = fixture.approver.asked
    expect(asked?.detail).toMatch(/^\ufffdmr -rf\ufffd\ufffd\ufffd\[1mx+$/)
    expect(asked?.detail?.length).toBe(4096)
  })

  it('needs another approval the next time, after `once`', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, get)
    fixture.approver.answer = 'approval-denied'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('approval-denied')
    expect(fixture.approver.asked).toHaveLength(2)
  })

  it.each(['approval-denied', 'approval-expired', 'approval-busy'] as const)(
    'gets nothing, and leaves no journal line, if it is %s',
    async (code) => {
      const { fixture, account, key } = await localVaultWithKey()
      fixture.approver.answer = code
      expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe(code)
      expect(fixture.opened.cache.releases(account.id)).toEqual([])
      expect(listGrants(fixture.opened)).toEqual([])
    },
  )

  it.each(['here', 'missing', 'elsewhere', 'locked'] as const)('learns nothing about a value that is %s if it is denied', async (state) => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key } = state === 'elsewhere' ? await elsewhere.create('ci') : await newKey(fixture, account)
    await refreshKeys(fixture.opened, account.id)
    if (state === 'missing') fixture.keychain.items.delete(items.value(account.id, key.id))
    if (state === 'locked') fixture.keychain.failure = 'locked'
    const read = fixture.keychain.calls.length
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('approval-denied')
    expect(fixture.keychain.calls.length).toBe(read)
    expect(fixture.approver.asked).toHaveLength(1)
  })

  it('is refused an unknown key before anybody is asked', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = 'for-a-while'
    expect(await codeRejected(release(fixture.opened, account.id, '64a000000000000000000009', get))).toBe('key-not-found')
    expect(await codeRejected(release(fixture.opened, 'another', key.id, get))).toBe('key-not-found')
    expect(fixture.approver.asked).toEqual([])
  })

  it('is refused a value in the trash, which its person can still reveal', async () => {
    const { fixture, account, elsewhere, key, value } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    await refreshKeys(fixture.opened, account.id)
    fixture.approver.answer = 'once'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('key-not-found')
    const window = { kind: 'window', program: '/usr/bin/xterm', title: 'vim' } as const
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'type', requester: window }))).toBe('key-not-found')
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
    expect(fixture.approver.asked).toEqual([])
  })

  it('gets nothing if the vault was locked before the answer, even if it was opened again', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const gate = new Gate()
    fixture.approver.answer = async () => (await gate.pass(), 'for-a-while')
    const releasing = codeRejected(release(fixture.opened, account.id, key.id, get))
    await gate.reached
    await fixture.vault.lock()
    await fixture.vault.open()
    gate.open()
    expect(await releasing).toBe('locked')
    expect([listGrants(fixture.opened), fixture.opened.cache.releases(account.id)]).toEqual([[], []])
  })

  // A creation in progress keeps the cache open after the lock; other operations in progress used to go on meanwhile.
  it('gets nothing after the lock while a creation still keeps the cache open', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const { opened } = fixture
    const [creating, answering] = [new Gate(), new Gate()]
    opened.creations.add(creating.pass())
    fixture.approver.answer = async () => (await answering.pass(), 'once')
    const releasing = codeRejected(release(opened, account.id, key.id, get))
    await answering.reached
    const locked = fixture.vault.lock()
    const read = fixture.keychain.calls.length
    answering.open()
    expect(await releasing).toBe('locked')
    expect(fixture.keychain.calls.length).toBe(read)
    expect(opened.cache.releases(account.id)).toEqual([])
    expect(await codeRejected(release(opened, account.id, key.id, { purpose: 'copy' }))).toBe('locked')
    creating.open()
    await locked
  })

  it('gets nothing if the key was deleted before the answer', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const gate = new Gate()
    fixture.approver.answer = async () => (await gate.pass(), 'for-a-while')
    const releasing = codeRejected(release(fixture.opened, account.id, key.id, get))
    await gate.reached
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    gate.open()
    expect(await releasing).toBe('key-not-found')
    expect(listGrants(fixture.opened)).toEqual([])
  })

  it('has an approval remembered only if the value was released', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = 'for-a-while'
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('keychain-locked')
    fixture.keychain.failure = null
    fixture.disk.full = true
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('disk-full')
    fixture.disk.full = false
    expect(listGrants(fixture.opened)).toEqual([])
    await release(fixture.opened, account.id, key.id, get)
    expect(listGrants(fixture.opened)).toHaveLength(1)
  })

  it('gets nothing if it is gone before the answer, and no approval is remembered', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    const asking = new AbortController()
    fixture.approver.answer = async () => (asking.abort(), 'for-a-while')
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { ...get, withdrawn: asking.signal }))).toBe('approval-expired')
    expect([listGrants(fixture.opened), fixture.opened.cache.releases(account.id)]).toEqual([[], []])
  })

  // A process can start the command and exec another program in its own place: an approval for always that the first was given used to
  // serve the other.
  it('is not offered `always`, and such an answer releases and remembers nothing', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect([offeredApprovals(shell), offeredApprovals(pairedSite(fixture))]).toEqual([
      ['once', 'for-a-while'],
      ['once', 'for-a-while', 'always'],
    ])
    fixture.approver.answer = 'always'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('input-invalid')
    expect([listGrants(fixture.opened), fixture.opened.cache.releases(account.id)]).toEqual([[], []])
  })

  it('updates the windows after the key was used', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.approver.answer = 'once'
    fixture.announced.length = 0
    await release(fixture.opened, account.id, key.id, get)
    expect(fixture.announced).toEqual(['keys'])
  })
})

describe('allowed purposes', () => {
  const purposes: Purpose[] = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject', 'login']
  const window = { kind: 'window', program: '/usr/bin/xterm', title: 'vim' } as const
  const able: Record<Requester['kind'], Purpose[]> = {
    person: ['reveal', 'copy', 'verify', 'sign-in'],
    window: ['type'],
    site: ['fill'],
    program: ['copy', 'get', 'run', 'inject', 'login'],
  }

  it.each(['person', 'window', 'site', 'program'] as const)(
    'a %s: only its own purposes, with a prompt unless it was approved before',
    async (kind) => {
      const { fixture, account, key } = await localVaultWithKey()
      addSite(fixture.opened, account.id, key.id, origin, false)
      const requester: Requester = { person: { kind: 'person' } as const, window, site: pairedSite(fixture), program: shell }[kind]
      fixture.approver.answer = 'once'
      for (const purpose of purposes) {
        const refused = await codeRejected(release(fixture.opened, account.id, key.id, { purpose, requester }))
        expect([purpose, refused]).toEqual([purpose, able[kind].includes(purpose) ? null : 'request-invalid'])
      }
      expect(fixture.approver.asked.map(({ purpose }) => purpose)).toEqual(kind === 'site' || kind === 'program' ? able[kind] : [])
      expect(fixture.opened.cache.releases(account.id).map(({ purpose }) => purpose)).toEqual(able[kind])
    },
  )
})
