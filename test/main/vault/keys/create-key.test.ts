import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
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
import {
  localVault,
  localVaultWithKey,
  newKey,
  openVaultFixture,
  recordOf,
  remoteVault,
  remoteVaultWithKey,
  server,
  type VaultFixture,
} from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a new key', () => {
  it('is stored in the keychain, and its record says so without containing the value', async () => {
    const { fixture, account, key, value } = await localVaultWithKey('ci-deploy')
    expect(value).toMatch(/^.{64}$/)
    expect(key).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'ci-deploy', enabled: true, value: 'here' },
      ...{ createdAt: Number.parseInt(key.id.slice(0, 8), 16) * 1000, lastFour: value.slice(-4), verified: null },
      ...{ service: null, details: noDetails },
    })
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key], waiting: [] })
    expect(recordOf(fixture, account, key.id)).toMatchObject({ value: 'here', sealed: null, goneAt: null })
    expect(JSON.stringify(fixture.disk.records.keys.get(`${account.id}/${key.id}`))).not.toContain(value)
    expect(fixture.announced.at(-1)).toBe('keys')
  })

  it('has its intent on disk before the server is asked', async () => {
    const { fixture, account } = await localVault()
    let noted: unknown
    fixture.service.before = () => void (noted = [...fixture.disk.records.intents.values()])
    await createKey(fixture.opened, account.id, 'ci')
    expect(noted).toMatchObject([{ accountId: account.id, kind: 'create', name: 'ci', at: fixture.now, sent: true }])
    expect(fixture.disk.records.intents.size).toBe(0)
  })

  it('is sealed on disk before it is written to the keychain', async () => {
    const { fixture, account } = await localVault()
    let record: unknown
    fixture.keychain.failing = (call, item) => {
      if (call === 'write' && item.startsWith('value/')) record = fixture.opened.cache.keys(account.id)[0]
      return null
    }
    await createKey(fixture.opened, account.id, 'ci')
    expect(record).toMatchObject({ name: 'ci', value: 'sealed', sealed: expect.stringMatching(/./) })
  })

  it.each(['', ' ', 'a b', 'clé', 'x'.repeat(65), 'a\0'])('is refused before any request for the invalid name %j', async (name) => {
    const { fixture, account } = await localVault()
    const asked = fixture.service.calls.length
    expect(await codeRejected(Promise.resolve().then(() => createKey(fixture.opened, account.id, name)))).toBe('name-invalid')
    expect([fixture.service.calls.length, fixture.disk.records.intents.size]).toEqual([asked, 0])
  })

  it('is refused before a request if another key has its name, ignoring case', async () => {
    const { fixture, account } = await localVault()
    await newKey(fixture, account, 'Deploy')
    const asked = fixture.service.calls.length
    for (const name of ['Deploy', 'deploy', 'DEPLOY']) {
      expect(await codeRejected(createKey(fixture.opened, account.id, name))).toBe('name-taken')
    }
    expect(fixture.service.calls.length).toBe(asked)
  })

  it('may have the name of a deleted key', async () => {
    const { fixture, account, key } = await localVaultWithKey('ci')
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect((await newKey(fixture, account, 'ci')).key.id).not.toBe(key.id)
  })

  it('is refused if a key made elsewhere, which is not known here, has its name', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await elsewhere.create('ci')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('name-taken')
    expect(listKeys(fixture.opened, account.id).waiting).toEqual([])
  })

  it('is refused as the twenty-first, whether or not the twenty are known here', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    for (let index = 0; index < 20; index += 1) await elsewhere.create(`key-${index}`)
    expect(await codeRejected(createKey(fixture.opened, account.id, 'one-more'))).toBe('quota-reached')
    expect(listKeys(fixture.opened, account.id).waiting).toEqual([])
    await refreshKeys(fixture.opened, account.id)
    const asked = fixture.remote.calls.length
    expect(await codeRejected(createKey(fixture.opened, account.id, 'one-more'))).toBe('quota-reached')
    expect(fixture.remote.calls.length).toBe(asked)
  })

  it('is refused before a request for an account that may not manage keys', async () => {
    const { fixture, account } = await remoteVault()
    const { value } = await fixture.servers.of(account).create('ci')
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    const byKey = await signIn(fixture.opened, server, { method: 'api-key', value })
    expect(await codeRejected(createKey(fixture.opened, anonymous.id, 'k'))).toBe('not-allowed-anonymous')
    expect(await codeRejected(createKey(fixture.opened, byKey.id, 'k'))).toBe('not-allowed-key-session')
    expect(fixture.remote.calls.filter((call) => call === 'create').length).toBe(1)
    expect(fixture.disk.records.intents.size).toBe(0)
  })

  it('is refused for an account that does not exist', async () => {
    const fixture = await openVaultFixture()
    expect(await codeRejected(createKey(fixture.opened, 'nobody', 'ci'))).toBe('account-not-found')
  })
})

// The server's answer used to be trusted: its value overwrote the value of the key whose id it named.
describe('the answer to a creation', () => {
  const named = (account: Account, fixture: VaultFixture, answer: Partial<ServerKey>): void => {
    const asked = fixture.servers.of(account)
    const create = asked.create.bind(asked)
    asked.create = async (name) => {
      const { key, value } = await create(name)
      return { key: { ...key, ...answer }, value }
    }
  }

  it('is refused if it names an existing key, which keeps its value', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    named(account, fixture, { id: key.id })
    expect(await codeRejected(createKey(fixture.opened, account.id, 'next'))).toBe('value-lost') // the server's list has it
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [key, { name: 'next', value: 'lost' }], waiting: [] })
  })

  it('is refused if it names a key in the trash', async () => {
    const { fixture, account, elsewhere, key, value } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    await refreshKeys(fixture.opened, account.id)
    named(account, fixture, { id: key.id })
    await createLater(fixture.opened, account.id, 'next')
    await refreshKeys(fixture.opened, account.id)
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
    expect(listKeys(fixture.opened, account.id)).toMatchObject({
      waiting: [{ name: 'next', sent: true }],
      trouble: { code: 'answer-invalid' },
    })
  })

  it('is refused if it has another name', async () => {
    const { fixture, account } = await localVault()
    named(account, fixture, { name: 'another' })
    expect(await codeRejected(createKey(fixture.opened, account.id, 'next'))).toBe('value-lost')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'next', value: 'lost' }] })
  })
})

describe('concurrent operations', () => {
  it('wait for a creation in progress: a list fetched meanwhile would report its key as lost', async () => {
    const { fixture, account } = await localVault()
    const gate = new Gate()
    fixture.service.after = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(fixture.opened, account.id, 'ci')
    await gate.reached
    const refreshing = refreshKeys(fixture.opened, account.id)
    const again = codeRejected(createKey(fixture.opened, account.id, 'ci'))
    gate.open()
    expect(await creating).toMatchObject({ value: 'here' })
    expect(await refreshing).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
    expect(await again).toBe('name-taken')
    expect(fixture.service.calls.filter((call) => call === 'create' || call === 'fetchAll')).toEqual(['create', 'fetchAll'])
  })

  it('continue after one that failed', async () => {
    const { fixture, account } = await localVault()
    fixture.service.before = unreachable('create')
    const failing = codeRejected(createKey(fixture.opened, account.id, 'one'))
    const listing = refreshKeys(fixture.opened, account.id)
    expect(await failing).toBe('server-unreachable')
    expect(await listing).toMatchObject({ keys: [], trouble: null })
  })

  it('do not wait for another account’s', async () => {
    const { fixture, account } = await remoteVault()
    const gate = new Gate()
    fixture.remote.after = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(fixture.opened, account.id, 'ci')
    await gate.reached
    const other = await signIn(fixture.opened, { ...server, appId: 'app-2' }, { method: 'anonymous' })
    expect(listKeys(fixture.opened, other.id).keys).toEqual([])
    gate.open()
    expect((await creating).value).toBe('here')
  })
})
