import { describe, expect, it } from 'vitest'
import { inspectValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { proveStored } from '../../../../main/vault/stored-values/prove-stored.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { listTrash } from '../../../../main/vault/keys/trash.ts'
import { addValue } from '../../../../main/vault/keys/add-value.ts'
import { newKey, recordOf, remoteVault } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** Two keys of one account: the value of `ci` is here, and that of `other` was made elsewhere. */
async function twoKeys({ tellsKeys }: { tellsKeys: boolean }) {
  const found = await remoteVault()
  const { fixture, account } = found
  const { key, value } = await newKey(fixture, account, 'ci')
  const other = await found.elsewhere.create('other')
  await refreshKeys(fixture.opened, account.id)
  fixture.remote.tellsKeys = tellsKeys
  const item = items.value(account.id, key.id)
  const trash = () => listTrash(fixture.opened, account.id)
  return { ...found, key, value, other, item, held: () => fixture.keychain.items.get(item), trash }
}

// Every key's login opens the account alike: another key's value used to be accepted, and to overwrite the only copy of the right one.
describe('adding a value on a server that does not tell which key a login was made with', () => {
  it('never replaces a value that is here', async () => {
    const { fixture, account, key, value, other, held, trash } = await twoKeys({ tellsKeys: false })
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, other.value))).toBe('value-unproved')
    expect([held(), recordOf(fixture, account, key.id)?.value, trash()]).toEqual([value, 'here', []])
  })

  it('never replaces a value that is missing from the keychain for a moment', async () => {
    const { fixture, account, key, value, other, item, held } = await twoKeys({ tellsKeys: false })
    fixture.keychain.items.delete(item)
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(recordOf(fixture, account, key.id)?.value).toBe('missing')
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, other.value))).toBe('value-unproved')
    fixture.keychain.items.set(item, value)
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'copy' })).expose()).toBe(value)
    fixture.keychain.items.delete(item)
    expect(await addValue(fixture.opened, account.id, key.id, new Secret(value))).toMatchObject({ value: 'here' })
    expect(held()).toBe(value)
  })

  it('never replaces a value while the keychain cannot be read', async () => {
    const { fixture, account, key, value, other, held } = await twoKeys({ tellsKeys: false })
    fixture.keychain.failing = (call, item) => (call === 'read' && item.startsWith('value/') ? 'locked' : null)
    expect(await codeRejected(addValue(fixture.opened, account.id, key.id, other.value))).toBe('keychain-locked')
    fixture.keychain.failing = () => null
    expect([held(), recordOf(fixture, account, key.id)?.value]).toEqual([value, 'here'])
  })

  it('refuses the value that another key of the account has here', async () => {
    const { fixture, account, value, other } = await twoKeys({ tellsKeys: false })
    expect(await codeRejected(addValue(fixture.opened, account.id, other.key.id, new Secret(value)))).toBe('value-other-key')
    expect(recordOf(fixture, account, other.key.id)?.value).toBe('elsewhere')
  })

  it('accepts a value for a key that never had one here', async () => {
    const { fixture, account, other } = await twoKeys({ tellsKeys: false })
    expect(await addValue(fixture.opened, account.id, other.key.id, other.value)).toMatchObject({ value: 'here' })
  })
})

/** Another value that somebody wrote into the key's item. */
const wrong = 'w'.repeat(64)

describe('a proved value that replaces another one', () => {
  it('moves the other one to the trash, where it can be read, also after the next list', async () => {
    const { fixture, account, key, value, item, held, trash } = await twoKeys({ tellsKeys: true })
    fixture.keychain.items.set(item, wrong)
    await addValue(fixture.opened, account.id, key.id, new Secret(value))
    expect(held()).toBe(value)
    await refreshKeys(fixture.opened, account.id)
    const [old] = trash()
    expect(trash()).toMatchObject([{ name: 'ci', lastFour: 'wwww', goneAt: fixture.now }])
    expect((await release(fixture.opened, account.id, old?.id ?? '', { purpose: 'reveal' })).expose()).toBe(wrong)
    expect(listKeys(fixture.opened, account.id).keys.map(({ name, value: state }) => [name, state])).toEqual([
      ['ci', 'here'],
      ['other', 'elsewhere'],
    ])
  })

  it('keeps both through a kill, and while the keychain takes neither', async () => {
    const { fixture, account, key, value, item, held, trash } = await twoKeys({ tellsKeys: true })
    fixture.keychain.items.set(item, wrong)
    fixture.keychain.failing = (call) => (call === 'write' ? 'locked' : null)
    expect(await addValue(fixture.opened, account.id, key.id, new Secret(value))).toMatchObject({ value: 'sealed' })
    expect(held()).toBe(wrong)
    await fixture.restart()
    fixture.keychain.failing = () => null
    await fixture.vault.resume()
    expect(held()).toBe(value)
    expect((await release(fixture.opened, account.id, trash()[0]?.id ?? '', { purpose: 'reveal' })).expose()).toBe(wrong)
  })

  it('is written only after the keychain has the other one under its new name', async () => {
    const { fixture, account, key, value, item, held, trash } = await twoKeys({ tellsKeys: true })
    fixture.keychain.items.set(item, wrong)
    fixture.keychain.failing = (call, name) => (call === 'write' && name !== item && name.startsWith('value/') ? 'denied' : null)
    expect(await addValue(fixture.opened, account.id, key.id, new Secret(value))).toMatchObject({ value: 'sealed' })
    expect(held()).toBe(wrong)
    fixture.keychain.failing = () => null
    await refreshKeys(fixture.opened, account.id)
    expect(held()).toBe(value)
    expect(fixture.keychain.items.get(items.value(account.id, trash()[0]?.id ?? ''))).toBe(wrong)
  })

  it('moves nothing to the trash if the value is unchanged', async () => {
    const { fixture, account, key, value, held, trash } = await twoKeys({ tellsKeys: true })
    await addValue(fixture.opened, account.id, key.id, new Secret(value))
    expect([held(), trash()]).toEqual([value, []])
  })

  it('moves the other one to the trash also if the new one was a stored value', async () => {
    const { fixture, account, value, item, held, trash } = await twoKeys({ tellsKeys: true })
    fixture.keychain.items.set(item, wrong)
    const stored = await storeValues(fixture.opened, [{ name: 'imported', value: new Secret(value) }])
    const id = listKeys(fixture.opened, stored.id).keys[0]?.id ?? ''
    await proveStored(fixture.opened, stored.id, id, account.id)
    expect([held(), trash().map(({ lastFour }) => lastFour)]).toEqual([value, ['wwww']])
  })
})
