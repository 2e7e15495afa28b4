import { describe, expect, it } from 'vitest'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { disableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { addValue } from '../../../../main/vault/keys/add-value.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { localVault, newKey, recordOf, remoteVault, server, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A vault fixture with a key made elsewhere, and the value that its maker has. */
async function withPhantom() {
  const found = await remoteVault()
  const { key, value } = await found.elsewhere.create('theirs')
  await refreshKeys(found.fixture.opened, found.account.id)
  return { ...found, key, value }
}

// Four of sixteen characters would be a quarter of a secret.
describe('the last four characters of a value', () => {
  it.each([
    ['sixteen', '0123456789abcdef', null],
    ['thirty-one', 'x'.repeat(27) + 'wxyz', null],
    ['thirty-two', 'x'.repeat(28) + 'wxyz', 'wxyz'],
  ])('of %s are kept if they are at most an eighth of it', async (_length, text, kept) => {
    const { fixture } = await localVault()
    const { id: accountId } = await storeValues(fixture.opened, [{ name: 'SECRET', value: new Secret(text) }])
    expect(fixture.opened.cache.keys(accountId).map(({ lastFour }) => lastFour)).toEqual([kept])
  })

  it('that an earlier version kept of a short value are dropped at the next check', async () => {
    const { fixture } = await localVault()
    const { id: accountId } = await storeValues(fixture.opened, [{ name: 'SECRET', value: new Secret('0123456789abcdef') }])
    const [record] = fixture.opened.cache.keys(accountId)
    if (record === undefined) throw new Error('not stored')
    fixture.opened.cache.commit([{ op: 'put-key', key: { ...record, lastFour: 'cdef' } }])
    await fixture.opened.queues.runExclusive(accountId, (turn) => inspectValues(fixture.opened, turn, accountId))
    expect(fixture.opened.cache.keys(accountId)).toEqual([record])
  })
})

describe('adding the value of a key made elsewhere', () => {
  it('stores it once a login has proved it, sealed on disk before it is written to the keychain', async () => {
    const { fixture, account, key, value } = await withPhantom()
    let record: unknown
    fixture.keychain.failing = (call, item) => {
      if (call === 'write' && item.startsWith('value/')) record = recordOf(fixture, account, key.id)
      return null
    }
    expect(await addValue(fixture.opened, account.id, key.id, new Secret(` ${value.expose()}\n`))).toMatchObject({
      ...{ value: 'here', lastFour: value.lastFour(), verified: { verdict: 'works', at: fixture.now } },
    })
    expect(record).toMatchObject({ value: 'sealed', sealed: expect.stringMatching(/./) })
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value.expose())
  })

  it.each(['', '   ', 'two words', 'sm\u{f6}rg\u{e5}s', 'x'.repeat(513), 'a\0b'])(
    'refuses invalid text before it is sent: %j',
    async (typed) => {
      const { fixture, account, key } = await withPhantom()
      const asked = fixture.remote.calls.length
      expect(await codeRejected(addValue(fixture.opened, account.id, key.id, new Secret(typed)))).toBe('value-refused')
      expect(fixture.remote.calls.length).toBe(asked)
    },
  )

  it('refuses a value that opens nothing', async () => {
    const { fixture, account, key } = await withPhantom()
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, new Secret('nonsense')))).toBe('value-refused')
    expect(stateOf(fixture, account, 'theirs')).toMatchObject({ value: 'elsewhere', verified: null })
    expect(fixture.keychain.items.has(items.value(account.id, key.id))).toBe(false)
  })

  it('refuses another key’s value of this account', async () => {
    const { fixture, account, key, elsewhere } = await withPhantom()
    const { value } = await elsewhere.create('second')
    await refreshKeys(fixture.opened, account.id)
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, value))).toBe('value-other-key')
  })

  it('refuses a value of another user’s account', async () => {
    const { fixture, account, key } = await withPhantom()
    fixture.remote.register('eve@example.test', new Secret('another password'))
    const eve = fixture.servers.of({ id: 'eve', server })
    await eve.signIn({ method: 'email', email: 'eve@example.test', password: new Secret('another password') })
    const { value } = await eve.create('hers')
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, value))).toBe('value-other-account')
  })

  it('requires the key to be enabled, because a disabled one can prove nothing', async () => {
    const { fixture, account, key, value } = await withPhantom()
    await disableKey(fixture.opened, account.id, key.id)
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, value))).toBe('key-disabled')
  })

  it('stores nothing unproved while the server is unreachable', async () => {
    const { fixture, account, key, value } = await withPhantom()
    fixture.remote.before = unreachable('tryValue')
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, value))).toBe('server-unreachable')
    expect(stateOf(fixture, account, 'theirs')?.value).toBe('elsewhere')
  })

  it('repairs a value that is missing, and one that was changed in the keychain', async () => {
    const { fixture, account } = await withPhantom()
    const { key, value } = await newKey(fixture, account)
    for (const damage of [
      () => fixture.keychain.items.delete(items.value(account.id, key.id)),
      () => fixture.keychain.items.set(items.value(account.id, key.id), 'other'),
    ]) {
      damage()
      expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toMatch(
        /value-missing|keychain-mismatch/,
      )
      await addValue(fixture.opened, account.id, key.id, new Secret(value))
      expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    }
  })
})
