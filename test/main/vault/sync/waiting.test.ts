import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { cancelChange, createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey, disableKey, enableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { byEmail, newKey, recordOf, server } from '../fixtures/vault.ts'
import { changes, elsewhereOnline, houseWithKey, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a change asked for offline', () => {
  it('is on disk before the server is asked', async () => {
    const { house, account, key } = await houseWithKey()
    let noted: unknown
    house.remote.before = () => void (noted = [...house.disk.records.intents.values()])
    await disableKey(house.opened, account.id, key.id)
    expect(noted).toMatchObject([{ kind: 'disable', keyId: key.id, wasEnabled: true }])
    expect(house.disk.records.intents.size).toBe(0)
  })

  it('waits over a restart, and is made by the next sync', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await house.restart()
    expect(list()).toMatchObject({ keys: [{ enabled: true }], waiting: [{ kind: 'disable', name: 'ci', at: house.now, sent: false }] })
    online(house)
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [{ enabled: false }], waiting: [], news: [], trouble: null })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })

  it('says since when the server cannot be reached, and that it is so', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    const since = house.now
    await disableKey(house.opened, account.id, key.id)
    house.now += 60_000
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ connection: 'unreachable', trouble: { code: 'server-unreachable', at: house.now, since } })
    house.online = false
    expect(list().connection).toBe('offline')
  })

  it('is made in its order, with the others', async () => {
    const { house, account, key, list } = await houseWithKey()
    const { key: other } = await newKey(house, account, 'other')
    const before = changes(house).length
    offline(house)
    await deleteKey(house.opened, account.id, other.id, 'other')
    await createLater(house.opened, account.id, 'other')
    await disableKey(house.opened, account.id, key.id)
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete', 'create', 'disable'])
    const asked = changes(house).length
    expect(asked - before).toBe(1) // the others wait behind it, and the server is asked for its list alone
    online(house)
    await refreshKeys(house.opened, account.id)
    expect(changes(house).slice(asked)).toEqual(['delete', 'create', 'disable'])
    expect(list()).toMatchObject({
      keys: [
        { name: 'ci', enabled: false },
        { name: 'other', value: 'here' },
      ],
      ...{ waiting: [], news: [{ what: 'created', name: 'other' }] },
    })
  })

  it('is taken back by the opposite, with nothing sent', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await enableKey(house.opened, account.id, key.id)
    expect(list()).toMatchObject({ waiting: [], keys: [{ enabled: true }] })
  })

  it('gives way to a newer one for the same key', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete'])
  })

  // The deletion came behind the creation of its own successor, which then found its name taken and was dropped.
  it('asked for again keeps its place before what was to come after it', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    await createLater(house.opened, account.id, 'ci')
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete', 'create'])
    online(house)
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [], news: [{ what: 'created' }] })
  })

  it('can be cancelled until it is made', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    const id = list().waiting[0]?.id ?? ''
    await cancelChange(house.opened, account.id, id)
    online(house)
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], keys: [{ enabled: true }] })
    expect(await codeRejected(cancelChange(house.opened, account.id, id))).toBe('change-not-found')
  })

  it('stays when the server has ended the session, and is made after the next sign-in', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    online(house)
    house.remote.before = () => {
      throw new Refusal('session-ended')
    }
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ connection: 'signed-out', waiting: [{ kind: 'disable' }] })
    online(house)
    await signIn(house.opened, server, byEmail)
    expect((await refreshKeys(house.opened, account.id)).keys).toMatchObject([{ enabled: false }])
  })

  it('that the server refuses for good is told to who asks, and does not wait', async () => {
    const { house, account, key, list } = await houseWithKey()
    house.remote.before = (call) => {
      if (call === 'disable') throw new Refusal('not-allowed')
    }
    expect(await codeRejected(disableKey(house.opened, account.id, key.id))).toBe('not-allowed')
    expect(list().waiting).toEqual([])
  })

  it('that the server refuses when it has waited stays, to be taken back; the others are made', async () => {
    const { house, account, key, list } = await houseWithKey()
    const { key: other } = await newKey(house, account, 'other')
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await deleteKey(house.opened, account.id, other.id, 'other')
    house.remote.before = (call) => {
      if (call === 'disable') throw new Refusal('not-allowed')
    }
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({
      waiting: [{ kind: 'disable' }],
      trouble: { code: 'not-allowed' },
      connection: 'online',
      keys: [{ name: 'ci' }],
    })
  })
})

describe('a change that waited, when the world has moved', () => {
  it('of a key deleted elsewhere is explained, and the value is kept', async () => {
    const { house, account, elsewhere, key, value, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await elsewhereOnline(house, () => elsewhere.delete(key.id))
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({
      keys: [],
      waiting: [],
      news: [{ what: 'not-changed-gone', keyId: key.id, name: 'ci' }],
      trash: [{ id: key.id }],
    })
    expect((await release(house.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
  })

  it('a deletion of a key deleted elsewhere is done, and its value goes', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    offline(house)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    await elsewhereOnline(house, () => elsewhere.delete(key.id))
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [], waiting: [], news: [], trash: [] })
    expect(house.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('does not delete a key, disabled when that was asked, that somebody has enabled since: it is in use', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    await disableKey(house.opened, account.id, key.id)
    offline(house)
    await deleteKey(house.opened, account.id, key.id, 'ci')
    await elsewhereOnline(house, () => elsewhere.enable(key.id))
    const asked = changes(house).length
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: true, value: 'here' }], waiting: [], news: [{ what: 'not-deleted-enabled' }] })
    expect(changes(house).length).toBe(asked)
  })

  it('is done without a request when somebody has made the same change', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    await elsewhereOnline(house, () => elsewhere.disable(key.id))
    const asked = changes(house).length
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [], news: [] })
    expect(changes(house).length).toBe(asked)
  })

  it('finds the key gone between the list and the request', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    online(house)
    house.remote.after = async (call) => {
      if (call !== 'fetchAll') return
      house.remote.after = () => undefined
      await elsewhere.delete(key.id)
    }
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [], waiting: [], news: [{ what: 'not-changed-gone' }], trash: [{ id: key.id }] })
  })
})

describe('a deletion whose value the keychain does not let go', () => {
  // Cancelling it once said that the key stays.
  it('cannot be taken back: the server has made it', async () => {
    const { house, account, key, list } = await houseWithKey()
    house.keychain.failure = 'locked'
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(await codeRejected(cancelChange(house.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('change-not-found')
  })

  it('cannot be taken back either when the value never was here', async () => {
    const { house, account, elsewhere, list } = await houseWithKey()
    const { key } = await elsewhere.create('theirs')
    await refreshKeys(house.opened, account.id)
    house.keychain.failure = 'locked'
    await deleteKey(house.opened, account.id, key.id, 'theirs')
    expect(await codeRejected(cancelChange(house.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('change-not-found')
    house.keychain.failure = null
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], news: [{ what: 'made' }] })
  })

  it('is not finished, shows nothing to restore, and ends with the keychain unlocked', async () => {
    const { house, account, key, list } = await houseWithKey()
    house.keychain.failure = 'locked'
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect(list()).toMatchObject({ keys: [], trash: [], waiting: [{ kind: 'delete' }] })
    house.keychain.failure = null
    await refreshKeys(house.opened, account.id)
    expect(recordOf(house, account, key.id)).toBeUndefined()
    expect(list().waiting).toEqual([])
    expect(house.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })
})
