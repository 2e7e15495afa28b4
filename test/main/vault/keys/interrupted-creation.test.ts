import { describe, expect, it } from 'vitest'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { Gate } from '../fixtures/gate.ts'
import { localVault, newKey, remoteVault, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a creation whose answer was lost', () => {
  it('leaves nothing behind if the request was never sent', async () => {
    const { fixture, account } = await localVault()
    fixture.service.before = unreachable('create')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('server-unreachable')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
    expect(fixture.service.calls.at(-1)).toBe('create')
  })

  it('is settled by a list a minute later if the server never executed it: its name is free then', async () => {
    const { fixture, account } = await localVault()
    fixture.service.before = brokenOff('create')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('server-unreachable')
    fixture.service.before = () => undefined
    fixture.now += 59_999
    expect(await codeRejected(createKey(fixture.opened, account.id, 'CI'))).toBe('creation-unsettled')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [{ name: 'ci', sent: true }], news: [] })
    expect((await newKey(fixture, account, 'next')).key.value).toBe('here')
    fixture.now += 1
    expect((await newKey(fixture, account, 'ci')).key.value).toBe('here')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ waiting: [], news: [{ what: 'not-created', name: 'ci' }] })
  })

  // A slow server created the key after its list was fetched: it was reported as not created, and then as made elsewhere.
  it('is found if the server executes it after the list was fetched', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await refreshKeys(fixture.opened, account.id)
    fixture.remote.before = brokenOff('create')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'slow'))).toBe('server-unreachable')
    fixture.remote.before = () => undefined
    await elsewhere.create('slow') // the delayed request
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'slow', value: 'lost' }], waiting: [], news: [] })
  })

  it('is settled by the next list if the clock was set back since', async () => {
    const { fixture, account } = await localVault()
    fixture.service.before = brokenOff('create')
    await codeRejected(createKey(fixture.opened, account.id, 'ci'))
    fixture.now -= 24 * 60 * 60_000
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ waiting: [], news: [{ what: 'not-created' }] })
  })

  it('is reported as lost if the server executed it, and the key is shown so that it can be deleted', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = brokenOff('create')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('value-lost')
    const key = stateOf(fixture, account, 'ci')
    expect(key).toMatchObject({ value: 'lost', enabled: true, lastFour: null })
    expect(listKeys(fixture.opened, account.id).waiting).toEqual([])
    await deleteKey(fixture.opened, account.id, key?.id ?? '', 'ci')
    fixture.service.after = () => undefined
    expect((await newKey(fixture, account, 'ci')).key.value).toBe('here')
  })

  it('stays open while the list cannot be fetched either, and the next list settles it', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = brokenOff('create')
    fixture.service.before = unreachable('fetchAll')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('server-unreachable')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({
      keys: [],
      waiting: [{ kind: 'create', name: 'ci', at: fixture.now, sent: true }],
      trouble: { code: 'server-unreachable', at: fixture.now },
    })
    fixture.service.before = () => undefined
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [] })
  })

  it('must be settled before another creation of its name', async () => {
    const { fixture, account } = await localVault()
    fixture.service.after = brokenOff('create')
    fixture.service.before = unreachable('fetchAll')
    await codeRejected(createKey(fixture.opened, account.id, 'ci'))
    fixture.service.after = () => undefined
    expect(await codeRejected(createKey(fixture.opened, account.id, 'next'))).toBe('server-unreachable')
    expect(listKeys(fixture.opened, account.id).waiting).toHaveLength(1)
    fixture.service.before = () => undefined
    await createKey(fixture.opened, account.id, 'next')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({
      waiting: [],
      keys: [
        { name: 'ci', value: 'lost' },
        { name: 'next', value: 'here' },
      ],
    })
  })
})

describe('a creation during which the program was killed', () => {
  it.each([
    { when: 'before the server acted', event: 'before' as const, keys: [] },
    { when: 'after the server acted', event: 'after' as const, keys: [{ name: 'ci', value: 'lost' }] },
  ])('$when is settled at the next start', async ({ event, keys }) => {
    const { fixture, account } = await localVault()
    const gate = new Gate()
    fixture.service[event] = (call) => (call === 'create' ? gate.pass() : undefined)
    void createKey(fixture.opened, account.id, 'ci').catch(() => undefined) // its process was killed
    await gate.reached
    await fixture.restart()
    fixture.service[event] = () => undefined
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [{ name: 'ci' }] })
    fixture.now += 60_000
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys, waiting: [] })
  })

  it('after the value was sealed is completed at the next start, without the server', async () => {
    const { fixture, account } = await localVault()
    const gate = new Gate()
    fixture.keychain.failing = async (call, item) => {
      if (call === 'write' && item.startsWith('value/')) await gate.pass()
      return null
    }
    void createKey(fixture.opened, account.id, 'ci').catch(() => undefined)
    await gate.reached
    await fixture.restart()
    fixture.keychain.failing = () => null
    fixture.service.before = unreachable()
    expect(stateOf(fixture, account, 'ci')?.value).toBe('sealed')
    await fixture.vault.resume()
    const key = stateOf(fixture, account, 'ci')
    expect(key?.value).toBe('here')
    expect(fixture.keychain.items.get(items.value(account.id, key?.id ?? ''))).toMatch(/^.{64}$/)
  })
})

// Locked and opened again, the vault used to treat a creation in progress as interrupted, and reported its key as lost.
describe('a creation during which the vault is locked and opened again', () => {
  it('is awaited, and its key is here', async () => {
    const { fixture, account } = await localVault()
    const gate = new Gate()
    fixture.service.after = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(fixture.opened, account.id, 'ci')
    await gate.reached
    void fixture.vault.lock()
    expect(fixture.vault.closed).toBe('locked')
    const resuming = fixture.vault.open().then(() => fixture.vault.resume())
    gate.open()
    await Promise.all([creating, resuming])
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
  })
})
