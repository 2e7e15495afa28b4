import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { cancelChange, createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey, enableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { byEmail, newKey, recordOf, server } from '../fixtures/vault.ts'
import { changes, elsewhereOnline, vaultWithKey, vaultWithPending, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a change made offline', () => {
  it('is on disk before the server is asked', async () => {
    const { fixture, account, key } = await vaultWithKey()
    let noted: unknown
    fixture.remote.before = () => void (noted = [...fixture.disk.records.intents.values()])
    await disableKey(fixture.opened, account.id, key.id)
    expect(noted).toMatchObject([{ kind: 'disable', keyId: key.id, wasEnabled: true }])
    expect(fixture.disk.records.intents.size).toBe(0)
  })

  it('stays pending across a restart, and is applied by the next sync', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithPending('disable')
    await fixture.restart()
    expect(list()).toMatchObject({ keys: [{ enabled: true }], waiting: [{ kind: 'disable', name: 'ci', at: fixture.now, sent: false }] })
    online(fixture)
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({
      keys: [{ enabled: false }],
      waiting: [],
      news: [],
      trouble: null,
    })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })

  it('reports since when the server has been unreachable', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    offline(fixture)
    const since = fixture.now
    await disableKey(fixture.opened, account.id, key.id)
    fixture.now += 60_000
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ connection: 'unreachable', trouble: { code: 'server-unreachable', at: fixture.now, since } })
    fixture.online = false
    expect(list().connection).toBe('offline')
  })

  it('is applied in order with the others', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    const { key: other } = await newKey(fixture, account, 'other')
    const before = changes(fixture).length
    offline(fixture)
    await deleteKey(fixture.opened, account.id, other.id, 'other')
    await createLater(fixture.opened, account.id, 'other')
    await disableKey(fixture.opened, account.id, key.id)
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete', 'create', 'disable'])
    const asked = changes(fixture).length
    expect(asked - before).toBe(1) // the others stay behind it, and only the list is requested
    online(fixture)
    await refreshKeys(fixture.opened, account.id)
    expect(changes(fixture).slice(asked)).toEqual(['delete', 'create', 'disable'])
    expect(list()).toMatchObject({
      keys: [
        { name: 'ci', enabled: false },
        { name: 'other', value: 'here' },
      ],
      ...{ waiting: [], news: [{ what: 'created', name: 'other' }] },
    })
  })

  it('is cancelled by the opposite change, with nothing sent', async () => {
    const { fixture, account, key, list } = await vaultWithPending('disable')
    await enableKey(fixture.opened, account.id, key.id)
    expect(list()).toMatchObject({ waiting: [], keys: [{ enabled: true }] })
  })

  it('is replaced by a newer one for the same key', async () => {
    const { fixture, account, key, list } = await vaultWithPending('disable')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete'])
  })

  // The deletion used to be queued behind the creation of the key's successor, which then found its name taken and was dropped.
  it('keeps its place in the queue if it is made again', async () => {
    const { fixture, account, key, list } = await vaultWithPending('delete')
    await createLater(fixture.opened, account.id, 'ci')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete', 'create'])
    online(fixture)
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [], news: [{ what: 'created' }] })
  })

  it('can be cancelled until it is applied', async () => {
    const { fixture, account, list } = await vaultWithPending('disable')
    const id = list().waiting[0]?.id ?? ''
    await cancelChange(fixture.opened, account.id, id)
    online(fixture)
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], keys: [{ enabled: true }] })
    expect(await codeRejected(cancelChange(fixture.opened, account.id, id))).toBe('change-not-found')
  })

  it('stays pending if the server has ended the session, and is applied after the next sign-in', async () => {
    const { fixture, account, list } = await vaultWithPending('disable')
    online(fixture)
    fixture.remote.before = () => {
      throw new Refusal('session-ended')
    }
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ connection: 'signed-out', waiting: [{ kind: 'disable' }] })
    online(fixture)
    await signIn(fixture.opened, server, byEmail)
    expect((await refreshKeys(fixture.opened, account.id)).keys).toMatchObject([{ enabled: false }])
  })

  it('is refused at once if the server refuses it for good, and not pending', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = (call) => {
      if (call === 'disable') throw new Refusal('not-allowed')
    }
    expect(await codeRejected(disableKey(fixture.opened, account.id, key.id))).toBe('not-allowed')
    expect(list().waiting).toEqual([])
  })

  it('stays pending if the server refuses it later, to be cancelled; the others are applied', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    const { key: other } = await newKey(fixture, account, 'other')
    offline(fixture)
    await disableKey(fixture.opened, account.id, key.id)
    await deleteKey(fixture.opened, account.id, other.id, 'other')
    fixture.remote.before = (call) => {
      if (call === 'disable') throw new Refusal('not-allowed')
    }
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({
      waiting: [{ kind: 'disable' }],
      trouble: { code: 'not-allowed' },
      connection: 'online',
      keys: [{ name: 'ci' }],
    })
  })
})

describe('a pending change after changes made elsewhere', () => {
  it('of a key deleted elsewhere is reported, and the value is kept', async () => {
    const { fixture, account, elsewhere, key, value, list } = await vaultWithPending('disable')
    await elsewhereOnline(fixture, () => elsewhere.delete(key.id))
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({
      keys: [],
      waiting: [],
      news: [{ what: 'not-changed-gone', keyId: key.id, name: 'ci' }],
      trash: [{ id: key.id }],
    })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
  })

  it('deletes a key that was deleted elsewhere without error, and removes its value', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithPending('delete')
    await elsewhereOnline(fixture, () => elsewhere.delete(key.id))
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [], waiting: [], news: [], trash: [] })
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('does not delete a key that was disabled at that time and has been enabled since, because it is in use', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithKey()
    await disableKey(fixture.opened, account.id, key.id)
    offline(fixture)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    await elsewhereOnline(fixture, () => elsewhere.enable(key.id))
    const asked = changes(fixture).length
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: true, value: 'here' }], waiting: [], news: [{ what: 'not-deleted-enabled' }] })
    expect(changes(fixture).length).toBe(asked)
  })

  it('is done without a request if somebody has made the same change', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithPending('disable')
    await elsewhereOnline(fixture, () => elsewhere.disable(key.id))
    const asked = changes(fixture).length
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [], news: [] })
    expect(changes(fixture).length).toBe(asked)
  })

  it('is reported if the key disappears between the list and the request', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithPending('disable')
    online(fixture)
    fixture.remote.after = async (call) => {
      if (call !== 'fetchAll') return
      fixture.remote.after = () => undefined
      await elsewhere.delete(key.id)
    }
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [], waiting: [], news: [{ what: 'not-changed-gone' }], trash: [{ id: key.id }] })
  })
})

describe('a deletion whose value the keychain does not remove', () => {
  // Cancelling it used to report that the key stays.
  it('cannot be cancelled, because the server has executed it', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.keychain.failure = 'locked'
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(await codeRejected(cancelChange(fixture.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('change-not-found')
  })

  it('cannot be cancelled either if the value was never here', async () => {
    const { fixture, account, elsewhere, list } = await vaultWithKey()
    const { key } = await elsewhere.create('theirs')
    await refreshKeys(fixture.opened, account.id)
    fixture.keychain.failure = 'locked'
    await deleteKey(fixture.opened, account.id, key.id, 'theirs')
    expect(await codeRejected(cancelChange(fixture.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('change-not-found')
    fixture.keychain.failure = null
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], news: [{ what: 'made' }] })
  })

  it('is not finished, shows nothing to restore, and ends once the keychain is unlocked', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.keychain.failure = 'locked'
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(list()).toMatchObject({ keys: [], trash: [], waiting: [{ kind: 'delete' }] })
    fixture.keychain.failure = null
    await refreshKeys(fixture.opened, account.id)
    expect(recordOf(fixture, account, key.id)).toBeUndefined()
    expect(list().waiting).toEqual([])
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })
})
