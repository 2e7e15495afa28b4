import { describe, expect, it } from 'vitest'
import { offeredApprovals, listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import type { Purpose, Requester } from '../../../../main/vault/model/requester.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { addSite } from '../../../../main/vault/release/sites.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVault, newKey, remoteVault } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { origin, pairedSite, shell } from '../fixtures/requesters.ts'

const get = { purpose: 'get', requester: shell } as const

describe('a program that asks for a value', () => {
  it('gets it once the person allowed it, who was told which key, for what, and for whom', async () => {
    const { fixture, account } = await localVault()
    const { key, value } = await newKey(fixture, account)
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

  it('says what it wants in its own words, none of which can turn the others around', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, { ...get, detail: `\u202emr -rf\r\n\u001b[1m${'x'.repeat(10_000)}` })
    const [asked] = fixture.approver.asked
    expect(asked?.detail).toMatch(/^\ufffdmr -rf\ufffd\ufffd\ufffd\[1mx+$/)
    expect(asked?.detail?.length).toBe(4096)
  })

  it('is asked for again the next time, if it was once', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, get)
    fixture.approver.answer = 'approval-denied'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('approval-denied')
    expect(fixture.approver.asked).toHaveLength(2)
  })

  it.each(['approval-denied', 'approval-expired', 'approval-busy'] as const)(
    'gets nothing, and leaves no line, when it is %s',
    async (code) => {
      const { fixture, account } = await localVault()
      const { key } = await newKey(fixture, account)
      fixture.approver.answer = code
      expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe(code)
      expect(fixture.opened.cache.releases(account.id)).toEqual([])
      expect(listGrants(fixture.opened)).toEqual([])
    },
  )

  it.each(['here', 'missing', 'elsewhere', 'locked'] as const)(
    'learns nothing, when it is denied, of a value that is %s',
    async (state) => {
      const { fixture, account, elsewhere } = await remoteVault()
      const { key } = state === 'elsewhere' ? await elsewhere.create('ci') : await newKey(fixture, account)
      await refreshKeys(fixture.opened, account.id)
      if (state === 'missing') fixture.keychain.items.delete(items.value(account.id, key.id))
      if (state === 'locked') fixture.keychain.failure = 'locked'
      const read = fixture.keychain.calls.length
      expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('approval-denied')
      expect(fixture.keychain.calls.length).toBe(read)
      expect(fixture.approver.asked).toHaveLength(1)
    },
  )

  it('is refused a key that there is none of before anybody is asked', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    fixture.approver.answer = 'for-a-while'
    expect(await codeRejected(release(fixture.opened, account.id, '64a000000000000000000009', get))).toBe('key-not-found')
    expect(await codeRejected(release(fixture.opened, 'another', key.id, get))).toBe('key-not-found')
    expect(fixture.approver.asked).toEqual([])
  })

  it('is refused a left-over value, which its person still sees', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key, value } = await newKey(fixture, account)
    await elsewhere.delete(key.id)
    await refreshKeys(fixture.opened, account.id)
    fixture.approver.answer = 'once'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('key-not-found')
    const window = { kind: 'window', program: '/usr/bin/xterm', title: 'vim' } as const
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'type', requester: window }))).toBe('key-not-found')
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
    expect(fixture.approver.asked).toEqual([])
  })

  it('gets nothing for an answer that came after the vault was locked, and opened again', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
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

  // A creation under way keeps the cache open past the lock: what else was under way could go on meanwhile.
  it('gets nothing after the lock while a creation still holds the cache open', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
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

  it('gets nothing of a key that was deleted while the person was asked', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    const gate = new Gate()
    fixture.approver.answer = async () => (await gate.pass(), 'for-a-while')
    const releasing = codeRejected(release(fixture.opened, account.id, key.id, get))
    await gate.reached
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    gate.open()
    expect(await releasing).toBe('key-not-found')
    expect(listGrants(fixture.opened)).toEqual([])
  })

  it('has an answer remembered only if the value was given', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
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

  it('gets nothing for an answer that came after it was gone, and no answer of it is remembered', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    const asking = new AbortController()
    fixture.approver.answer = async () => (asking.abort(), 'for-a-while')
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { ...get, withdrawn: asking.signal }))).toBe('approval-expired')
    expect([listGrants(fixture.opened), fixture.opened.cache.releases(account.id)]).toEqual([[], []])
  })

  // A process starts the command and runs another program in its own place: the answer for always that the one was given served the other.
  it('is offered no answer for always, and one that comes all the same gives and remembers nothing', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    expect([offeredApprovals(shell), offeredApprovals(pairedSite(fixture))]).toEqual([
      ['once', 'for-a-while'],
      ['once', 'for-a-while', 'always'],
    ])
    fixture.approver.answer = 'always'
    expect(await codeRejected(release(fixture.opened, account.id, key.id, get))).toBe('input-invalid')
    expect([listGrants(fixture.opened), fixture.opened.cache.releases(account.id)]).toEqual([[], []])
  })

  it('tells the windows that a key was used', async () => {
    const { fixture, account } = await localVault()
    const { key } = await newKey(fixture, account)
    fixture.approver.answer = 'once'
    fixture.announced.length = 0
    await release(fixture.opened, account.id, key.id, get)
    expect(fixture.announced).toEqual(['keys'])
  })
})

describe('who may want what', () => {
  const purposes: Purpose[] = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject']
  const window = { kind: 'window', program: '/usr/bin/xterm', title: 'vim' } as const
  const able: Record<Requester['kind'], Purpose[]> = {
    person: ['reveal', 'copy', 'verify', 'sign-in'],
    window: ['type'],
    site: ['fill'],
    program: ['copy', 'get', 'run', 'inject'],
  }

  it.each(['person', 'window', 'site', 'program'] as const)(
    'a %s: its own purposes, and asked where nobody has decided yet',
    async (kind) => {
      const { fixture, account } = await localVault()
      const { key } = await newKey(fixture, account)
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
