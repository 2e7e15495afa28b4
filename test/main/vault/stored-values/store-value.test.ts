import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../../shared/services/catalogue.ts'
import { keysOf } from '../../../shared/services/samples.ts'
import { changeStoredValue } from '../../../../main/vault/stored-values/change-value.ts'
import { listKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValue } from '../../../../main/vault/stored-values/store-value.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { localVault, newKey, type VaultFixture } from '../fixtures/vault.ts'

const maxBytes = 2560

function store({ opened }: VaultFixture, name: string, value: string) {
  return storeValue(opened, { name, value: new Secret(value), maxBytes })
}

/** The account of stored values. */
function accountId({ opened }: VaultFixture): string {
  return opened.cache.accounts().find(({ method }) => method === 'values')?.id ?? ''
}

async function valueOf(fixture: VaultFixture, keyId: string): Promise<string> {
  return (await release(fixture.opened, accountId(fixture), keyId, { purpose: 'reveal' })).expose()
}

/** A key of the service that is nobody's. */
function sampleOf(id: string): string {
  const service = catalogue.find((one) => one.id === id)
  const format = service?.keys.find(({ use }) => use === undefined)
  if (format === undefined) throw new Error(`no such service: ${id}`)
  return fc.sample(keysOf(format), { numRuns: 1, seed: 1 })[0] ?? ''
}

describe('a key from elsewhere that a person stores', () => {
  it('has its value in the keychain, in the account of stored values, and leaves the current account current', async () => {
    const { fixture, account } = await localVault()
    const { key, same } = await store(fixture, 'openai', 'sk-synthetic-0123456789')
    expect([key.name, key.value, key.enabled, same]).toEqual(['openai', 'here', true, null])
    expect(fixture.opened.cache.current()).toBe(account.id)
    expect(await valueOf(fixture, key.id)).toBe('sk-synthetic-0123456789')
    const second = await store(fixture, 'github', 'ghp-synthetic-0123456789')
    expect(listKeys(fixture.opened, accountId(fixture)).keys.map(({ name }) => name)).toEqual(['openai', 'github'])
    expect(await valueOf(fixture, second.key.id)).toBe('ghp-synthetic-0123456789')
  })

  it.each([
    ['without the white space that was copied along with it', ' \tsk-1 2\n', 'sk-1 2'],
    ['to the last line end, if it has several lines', '-----BEGIN KEY-----\r\nYWJj\r\n-----END KEY-----\r\n', null],
    ['with characters of any script', 'Schlüssel 🔑 ключ', null],
    ['up to the length that the keychain takes', 'x'.repeat(maxBytes), null],
  ])('is stored %s', async (_, typed, stored) => {
    const { fixture } = await localVault()
    const { key } = await store(fixture, 'a', typed)
    expect(await valueOf(fixture, key.id)).toBe(stored ?? typed)
  })

  it('is listed with the service that its value shows, also after a change, a restart and a lost cache', async () => {
    const { fixture } = await localVault()
    const [github = '', stripe = ''] = ['github', 'stripe'].map((id) => sampleOf(id))
    const { key } = await store(fixture, 'token', github)
    expect(key.service).toBe('github')
    expect((await store(fixture, 'plain', 'just some text')).key.service).toBe(null)
    const services = () => listKeys(fixture.opened, accountId(fixture)).keys.map(({ name, service }) => [name, service])
    await changeStoredValue(fixture.opened, { accountId: accountId(fixture), id: key.id, value: new Secret(stripe), maxBytes })
    const changed = [
      ['token', 'stripe'],
      ['plain', null],
    ]
    expect(services()).toEqual(changed)
    await fixture.restart()
    expect(services()).toEqual(changed)
    fixture.disk.erase()
    await fixture.restart()
    expect(services()).toEqual(changed)
  })

  it('names the key that already has this value, of any account', async () => {
    const { fixture, account } = await localVault()
    const { value } = await newKey(fixture, account, 'ci')
    expect((await store(fixture, 'copy', value)).same).toEqual({ name: 'ci', account: 'This computer' })
    expect((await store(fixture, 'one', 'some-value')).same).toBe(null)
    expect((await store(fixture, 'two', 'some-value')).same).toEqual({ name: 'one', account: 'Stored values' })
  })

  it.each([
    ['an empty value', 'a', '', 'value-unreadable'],
    ['a value of white space', 'a', ' \n ', 'value-unreadable'],
    ['a NUL', 'a', 'x\0y', 'value-unreadable'],
    ['half a character', 'a', 'x\ud800y', 'value-unreadable'],
    ['a value that is longer than the keychain takes, in bytes', 'a', 'é'.repeat(maxBytes / 2 + 1), 'value-too-long'],
    ['a megabyte', 'a', 'x'.repeat(2 ** 20), 'value-too-long'],
    ['a name that no reference could contain', 'a b', 'x', 'name-invalid'],
    ['no name', '', 'x', 'name-invalid'],
    ['a name that differs from another in its case only', 'TAKEN', 'x', 'name-taken'],
  ])('is refused if it has %s, and nothing is stored', async (_, name, value, code) => {
    const { fixture } = await localVault()
    const { key } = await store(fixture, 'taken', 'value')
    const items = fixture.keychain.items.size
    expect(await codeRejected(store(fixture, name, value))).toBe(code)
    expect(listKeys(fixture.opened, accountId(fixture)).keys.map(({ id }) => id)).toEqual([key.id])
    expect(fixture.keychain.items.size).toBe(items)
  })

  it('leaves no account behind if it is the first, and is refused', async () => {
    const { fixture } = await localVault()
    expect(await codeRejected(store(fixture, 'a', ''))).toBe('value-unreadable')
    expect(fixture.opened.cache.accounts()).toHaveLength(1)
  })
})
