import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { setKeyDetails } from '../../../../main/vault/keys/set-details.ts'
import { replaceKey } from '../../../../main/vault/keys/replace-key.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { newKey, remoteVault, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

async function vaultWithKey() {
  const found = await remoteVault()
  const { key, value } = await newKey(found.fixture, found.account)
  return { ...found, key, value, list: () => listKeys(found.fixture.opened, found.account.id) }
}

describe('replacing a key', () => {
  it('deletes the old key and creates one of the same name, whose value is here', async () => {
    const { fixture, account, key, value } = await vaultWithKey()
    const made = await replaceKey(fixture.opened, account.id, key.id, 'ci')
    expect(made).toMatchObject({ name: 'ci', enabled: true, value: 'here' })
    expect(made.id).not.toBe(key.id)
    expect(fixture.keychain.items.get(items.value(account.id, made.id))).not.toBe(value)
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [made], waiting: [], trash: [] })
  })

  it.each(['at once', 'after an answer that was lost'])('gives the new key the details of the old one, %s', async (when) => {
    const { fixture, account, key, list } = await vaultWithKey()
    const details = { ...noDetails, notes: 'Ask Grace', tags: ['team'], user: 'ada', expires: '2027-01-31' }
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    if (when !== 'at once') fixture.remote.after = brokenOff('create')
    await replaceKey(fixture.opened, account.id, key.id, 'ci').catch(() => undefined)
    fixture.remote.after = () => undefined
    await fixture.restart()
    await refreshKeys(fixture.opened, account.id)
    expect(list().keys).toMatchObject([{ name: 'ci', details: { ...details, expires: null } }])
    expect(list().keys[0]?.id).not.toBe(key.id)
  })

  it('gives a key made elsewhere a value', async () => {
    const { fixture, account, elsewhere } = await vaultWithKey()
    const { key } = await elsewhere.create('theirs')
    await refreshKeys(fixture.opened, account.id)
    expect((await replaceKey(fixture.opened, account.id, key.id, 'theirs')).value).toBe('here')
  })

  it('has both changes on disk before the first is sent', async () => {
    const { fixture, account, key } = await vaultWithKey()
    let noted: unknown
    fixture.remote.before = (call) => {
      if (call === 'delete') noted = [...fixture.disk.records.intents.values()]
    }
    await replaceKey(fixture.opened, account.id, key.id, 'ci')
    expect(noted).toMatchObject([
      { kind: 'delete', keyId: key.id },
      { kind: 'create', name: 'ci', sent: false },
    ])
  })

  it('replaces a pending change of the key', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = unreachable()
    await disableKey(fixture.opened, account.id, key.id)
    fixture.remote.before = () => undefined
    await replaceKey(fixture.opened, account.id, key.id, 'ci')
    expect(list()).toMatchObject({ keys: [{ name: 'ci', enabled: true }], waiting: [] })
  })

  it('requires the key’s name', async () => {
    const { fixture, account, key } = await vaultWithKey()
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'CI'))).toBe('name-mismatch')
  })

  it('does not start while the server is unreachable', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = unreachable()
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('server-unreachable')
    expect(list()).toMatchObject({ keys: [key], waiting: [] })
  })

  it.each(['locked', 'denied'] as const)(
    'does not start while the keychain is %s, which could not store the new value',
    async (failure) => {
      const { fixture, account, key } = await vaultWithKey()
      fixture.keychain.failing = (call) => (call === 'write' ? failure : null)
      expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe(`keychain-${failure}`)
      expect(fixture.remote.calls).not.toContain('delete')
    },
  )

  it.each(['before', 'after'] as const)('interrupted %s the deletion is completed by the next sync', async (when) => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote[when] = brokenOff('delete')
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('server-unreachable')
    expect(list().waiting.map(({ kind }) => kind)).toEqual(['delete', 'create'])
    fixture.remote[when] = () => undefined
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [], news: [{ what: 'created' }] })
    expect(stateOf(fixture, account, 'ci')?.id).not.toBe(key.id)
  })

  // The refused deletion stayed and the creation did not: later the key was deleted, with nothing in its place.
  it('that the server refuses leaves the key, and nothing pending', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = (call) => {
      if (call === 'delete') throw new Refusal('not-allowed')
    }
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('not-allowed')
    expect(list()).toMatchObject({ keys: [key], waiting: [], news: [] })
  })

  // It used to be reported as refused although the key had been replaced: the refused change was another one.
  it('succeeds even if another change that was pending before it is refused', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    const { key: other } = await newKey(fixture, account, 'other')
    fixture.remote.before = unreachable()
    await disableKey(fixture.opened, account.id, key.id)
    fixture.remote.before = (call) => {
      if (call === 'disable') throw new Refusal('not-allowed')
    }
    const made = await replaceKey(fixture.opened, account.id, other.id, 'other')
    expect(made).toMatchObject({ name: 'other', value: 'here' })
    expect(list()).toMatchObject({ keys: [key, made], waiting: [{ kind: 'disable' }], trouble: { code: 'not-allowed' } })
  })

  it('that is interrupted and then refused stays pending as a whole', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = brokenOff('delete')
    await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))
    fixture.remote.before = (call) => {
      if (call === 'delete') throw new Refusal('not-allowed')
    }
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ id: key.id }], waiting: [{ kind: 'delete' }, { kind: 'create' }], news: [] })
  })

  it('interrupted before the creation still ends with the new key, also after a restart', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.before = unreachable('create')
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('server-unreachable')
    expect(list()).toMatchObject({ keys: [], waiting: [{ kind: 'create', name: 'ci' }] })
    await fixture.restart()
    fixture.remote.before = () => undefined
    await fixture.vault.resume()
    expect(list()).toMatchObject({ keys: [{ name: 'ci', value: 'here' }], waiting: [] })
  })
})
