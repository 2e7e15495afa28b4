import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import type { ServerKey } from '../../../../main/vault/model/key.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { Gate } from '../fixtures/gate.ts'
import { type House, localHouse, newKey, openHouse, recordOf, remoteHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a new key', () => {
  it('rests in the keychain, and its record says so without holding it', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account, 'ci-deploy')
    expect(value).toMatch(/^.{64}$/)
    expect(key).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'ci-deploy', enabled: true, value: 'here' },
      ...{ createdAt: Number.parseInt(key.id.slice(0, 8), 16) * 1000, lastFour: value.slice(-4), verified: null },
    })
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [key], waiting: [] })
    expect(recordOf(house, account, key.id)).toMatchObject({ value: 'here', sealed: null, goneAt: null })
    expect(JSON.stringify(house.disk.records.keys.get(`${account.id}/${key.id}`))).not.toContain(value)
    expect(house.announced.at(-1)).toBe('keys')
  })

  it('is noted on disk before the server is asked for it', async () => {
    const { house, account } = await localHouse()
    let noted: unknown
    house.service.before = () => void (noted = [...house.disk.records.intents.values()])
    await createKey(house.opened, account.id, 'ci')
    expect(noted).toMatchObject([{ accountId: account.id, kind: 'create', name: 'ci', at: house.now, sent: true }])
    expect(house.disk.records.intents.size).toBe(0)
  })

  it('is sealed on disk before the keychain is asked to keep it', async () => {
    const { house, account } = await localHouse()
    let record: unknown
    house.keychain.failing = (call, item) => {
      if (call === 'write' && item.startsWith('value/')) record = house.opened.cache.keys(account.id)[0]
      return null
    }
    await createKey(house.opened, account.id, 'ci')
    expect(record).toMatchObject({ name: 'ci', value: 'sealed', sealed: expect.stringMatching(/./) })
  })

  it.each(['', ' ', 'a b', 'clé', 'x'.repeat(65), 'a\0'])('is refused for its name before anything is asked: %j', async (name) => {
    const { house, account } = await localHouse()
    const asked = house.service.calls.length
    expect(await codeRejected(Promise.resolve().then(() => createKey(house.opened, account.id, name)))).toBe('name-invalid')
    expect([house.service.calls.length, house.disk.records.intents.size]).toEqual([asked, 0])
  })

  it('is refused when a key has its name, by case alone too, before the server is asked', async () => {
    const { house, account } = await localHouse()
    await newKey(house, account, 'Deploy')
    const asked = house.service.calls.length
    for (const name of ['Deploy', 'deploy', 'DEPLOY']) {
      expect(await codeRejected(createKey(house.opened, account.id, name))).toBe('name-taken')
    }
    expect(house.service.calls.length).toBe(asked)
  })

  it('may have the name of a key that was deleted', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account, 'ci')
    await deleteKey(house.opened, account.id, key.id, 'ci')
    expect((await newKey(house, account, 'ci')).key.id).not.toBe(key.id)
  })

  it('is refused when a key made elsewhere, of which nothing is known here, has its name', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    await elsewhere.create('ci')
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('name-taken')
    expect(listKeys(house.opened, account.id).waiting).toEqual([])
  })

  it('is refused as the twenty-first, whether or not the twenty are known here', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    for (let index = 0; index < 20; index += 1) await elsewhere.create(`key-${index}`)
    expect(await codeRejected(createKey(house.opened, account.id, 'one-more'))).toBe('quota-reached')
    expect(listKeys(house.opened, account.id).waiting).toEqual([])
    await refreshKeys(house.opened, account.id)
    const asked = house.remote.calls.length
    expect(await codeRejected(createKey(house.opened, account.id, 'one-more'))).toBe('quota-reached')
    expect(house.remote.calls.length).toBe(asked)
  })

  it('is refused to an account that may not manage keys, before the server is asked', async () => {
    const { house, account } = await remoteHouse()
    const { value } = await house.servers.of(account).create('ci')
    const anonymous = await signIn(house.opened, server, { method: 'anonymous' })
    const byKey = await signIn(house.opened, server, { method: 'api-key', value })
    expect(await codeRejected(createKey(house.opened, anonymous.id, 'k'))).toBe('not-allowed-anonymous')
    expect(await codeRejected(createKey(house.opened, byKey.id, 'k'))).toBe('not-allowed-key-session')
    expect(house.remote.calls.filter((call) => call === 'create').length).toBe(1)
    expect(house.disk.records.intents.size).toBe(0)
  })

  it('is refused for an account that is not there', async () => {
    const house = await openHouse()
    expect(await codeRejected(createKey(house.opened, 'nobody', 'ci'))).toBe('account-not-found')
  })
})

// What the server answered was taken at its word: its value went over that of the key whose id it named.
describe('a creation that is answered', () => {
  const named = (account: Account, house: House, answer: Partial<ServerKey>): void => {
    const asked = house.servers.of(account)
    const create = asked.create.bind(asked)
    asked.create = async (name) => {
      const { key, value } = await create(name)
      return { key: { ...key, ...answer }, value }
    }
  }

  it('with a key that is there already is no answer, and that one keeps its value', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    named(account, house, { id: key.id })
    expect(await codeRejected(createKey(house.opened, account.id, 'next'))).toBe('value-lost') // its list has told
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [key, { name: 'next', value: 'lost' }], waiting: [] })
  })

  it('with one that is in the trash is none either', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key, value } = await newKey(house, account)
    await elsewhere.delete(key.id)
    await refreshKeys(house.opened, account.id)
    named(account, house, { id: key.id })
    await createLater(house.opened, account.id, 'next')
    await refreshKeys(house.opened, account.id)
    expect(house.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect(listKeys(house.opened, account.id)).toMatchObject({
      waiting: [{ name: 'next', sent: true }],
      trouble: { code: 'answer-invalid' },
    })
  })

  it('with a key of another name is none', async () => {
    const { house, account } = await localHouse()
    named(account, house, { name: 'another' })
    expect(await codeRejected(createKey(house.opened, account.id, 'next'))).toBe('value-lost')
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'next', value: 'lost' }] })
  })
})

describe('operations at once', () => {
  it('wait for a creation under way: a list fetched meanwhile would call it lost', async () => {
    const { house, account } = await localHouse()
    const gate = new Gate()
    house.service.after = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(house.opened, account.id, 'ci')
    await gate.reached
    const refreshing = refreshKeys(house.opened, account.id)
    const again = codeRejected(createKey(house.opened, account.id, 'ci'))
    gate.open()
    expect(await creating).toMatchObject({ value: 'here' })
    expect(await refreshing).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
    expect(await again).toBe('name-taken')
    expect(house.service.calls.filter((call) => call === 'create' || call === 'fetchAll')).toEqual(['create', 'fetchAll'])
  })

  it('go on after one that failed', async () => {
    const { house, account } = await localHouse()
    house.service.before = unreachable('create')
    const failing = codeRejected(createKey(house.opened, account.id, 'one'))
    const listing = refreshKeys(house.opened, account.id)
    expect(await failing).toBe('server-unreachable')
    expect(await listing).toMatchObject({ keys: [], trouble: null })
  })

  it("do not wait for another account's", async () => {
    const { house, account } = await remoteHouse()
    const gate = new Gate()
    house.remote.after = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(house.opened, account.id, 'ci')
    await gate.reached
    const other = await signIn(house.opened, { ...server, appId: 'app-2' }, { method: 'anonymous' })
    expect(listKeys(house.opened, other.id).keys).toEqual([])
    gate.open()
    expect((await creating).value).toBe('here')
  })
})
