import { describe, expect, it } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { setKeyDetails } from '../../../../main/vault/keys/set-details.ts'
import { proveStored } from '../../../../main/vault/stored-values/prove-stored.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { newKey, remoteVault, remoteVaultWithKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A key made elsewhere, and its value imported here under some name. */
async function withImported(name = 'imported') {
  const found = await remoteVault()
  const { key, value } = await found.elsewhere.create('theirs')
  await refreshKeys(found.fixture.opened, found.account.id)
  const stored = await storeValues(found.fixture.opened, [{ name, value }])
  const id = listKeys(found.fixture.opened, stored.id).keys[0]?.id ?? ''
  return { ...found, key, value, stored, id, keys: () => listKeys(found.fixture.opened, stored.id).keys }
}

describe('proving which key a stored value belongs to', () => {
  it('logs in with it at the chosen account, and gives it to the key that the server names', async () => {
    const { fixture, account, key, value, stored, id, keys } = await withImported()
    expect(await proveStored(fixture.opened, stored.id, id, account.id)).toMatchObject({
      ...{ id: key.id, name: 'theirs', value: 'here', verified: { verdict: 'works', at: fixture.now } },
    })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).equals(value)).toBe(true)
    expect([keys(), fixture.keychain.items.has(items.value(stored.id, id))]).toEqual([[], false])
  })

  it('gives the key the details of the stored value that it has none of', async () => {
    const { fixture, account, key, stored, id } = await withImported()
    await setKeyDetails(fixture.opened, account.id, key.id, { ...noDetails, user: 'ada' })
    await setKeyDetails(fixture.opened, stored.id, id, { ...noDetails, notes: 'Ask Grace', user: 'other' })
    expect((await proveStored(fixture.opened, stored.id, id, account.id)).details).toEqual({
      ...noDetails,
      notes: 'Ask Grace',
      user: 'ada',
    })
  })

  it('leaves it stored if the login proves something else, or nothing', async () => {
    const { fixture, account, key, stored, id, keys, elsewhere } = await withImported()
    await elsewhere.disable(key.id)
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, account.id))).toBe('value-refused')
    fixture.remote.before = unreachable('tryValue')
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, account.id))).toBe('server-unreachable')
    expect(keys().map(({ value }) => value)).toEqual(['here'])
  })

  it('uses the key of its name if the server does not tell which key it was', async () => {
    const { fixture, account, key, value, stored, id, keys } = await withImported('theirs')
    fixture.remote.tellsKeys = false
    expect(await proveStored(fixture.opened, stored.id, id, account.id)).toMatchObject({ id: key.id, value: 'here' })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).equals(value)).toBe(true)
    expect(keys()).toEqual([])
  })

  // The right value of the key of that name used to be overwritten with another key's.
  it('does not use the key of its name if that has or had another value', async () => {
    const { fixture, account, stored, id, keys } = await withImported('ci')
    const { key, value } = await newKey(fixture, account, 'ci')
    fixture.remote.tellsKeys = false
    const item = items.value(account.id, key.id)
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, account.id))).toBe('value-other-key')
    expect(fixture.keychain.items.get(item)).toBe(value)
    fixture.keychain.items.delete(item)
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, account.id))).toBe('value-other-key')
    expect(keys().map(({ name }) => name)).toEqual(['ci'])
  })

  it('uses the key of its name again if it already has this value', async () => {
    const { fixture, account, key, value } = await remoteVaultWithKey('ci')
    const stored = await storeValues(fixture.opened, [{ name: 'ci', value: new Secret(value) }])
    fixture.remote.tellsKeys = false
    const id = listKeys(fixture.opened, stored.id).keys[0]?.id ?? ''
    expect(await proveStored(fixture.opened, stored.id, id, account.id)).toMatchObject({ id: key.id, value: 'here' })
    expect(fixture.keychain.items.get(items.value(account.id, key.id))).toBe(value)
  })

  it('refuses another account’s value', async () => {
    const { fixture, account } = await remoteVault()
    const other = fixture.servers.of({ id: 'someone-else', server: account.server })
    fixture.remote.register('grace@example.test', new Secret('another password'))
    await other.signIn({ method: 'email', email: 'grace@example.test', password: new Secret('another password') })
    const { value } = await other.create('hers')
    const stored = await storeValues(fixture.opened, [{ name: 'hers', value }])
    const id = listKeys(fixture.opened, stored.id).keys[0]?.id ?? ''
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, account.id))).toBe('value-other-account')
  })

  it('sends it nowhere for an account that cannot manage keys, and accepts only stored values', async () => {
    const { fixture, account, key, stored, id } = await withImported()
    expect(await codeRejected(proveStored(fixture.opened, account.id, key.id, account.id))).toBe('not-allowed')
    const asked = fixture.remote.calls.length
    expect(await codeRejected(proveStored(fixture.opened, stored.id, id, stored.id))).toBe('not-allowed-values')
    await disableKey(fixture.opened, account.id, key.id)
    expect(fixture.remote.calls.slice(asked)).toEqual(['disable'])
  })
})
