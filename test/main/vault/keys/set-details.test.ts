import { describe, expect, it } from 'vitest'
import { noDetails, type KeyDetails } from '../../../../shared/key-details.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { renewalAddress, setKeyDetails } from '../../../../main/vault/keys/set-details.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { localVaultWithKey, recordOf, remoteVaultWithKey } from '../fixtures/vault.ts'

const details: KeyDetails = {
  notes: 'Ask Grace\nbefore renewing',
  tags: ['billing', 'team'],
  environment: 'production',
  user: 'octocat',
  expires: '2027-01-31',
  renewal: 'https://renewal.example/settings',
}

describe('the details of a key', () => {
  it('are listed with it, and are there after a restart', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(await setKeyDetails(fixture.opened, account.id, key.id, { ...details, tags: [' billing', 'team', 'Team'] })).toEqual({
      ...key,
      details,
    })
    expect(fixture.announced.at(-1)).toBe('keys')
    await fixture.restart()
    expect(listKeys(fixture.opened, account.id).keys).toMatchObject([{ name: 'ci', details }])
  })

  it('are in the journal as an event, without a word of them, and nowhere in the keychain', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    const lines = fixture.opened.cache.lines({ limit: 100 })
    expect(lines.filter(({ event }) => event === 'details-changed')).toMatchObject([{ keyId: key.id, name: 'ci', detail: null }])
    for (const word of ['Grace', 'billing', 'octocat', '2027-01-31', 'renewal.example']) {
      expect(JSON.stringify(lines)).not.toContain(word)
      expect(JSON.stringify([...fixture.keychain.items])).not.toContain(word)
    }
  })

  it('are removed when they are emptied', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    expect((await setKeyDetails(fixture.opened, account.id, key.id, noDetails)).details).toEqual(noDetails)
  })

  it.each([
    ['notes-invalid', { notes: 'a\u0000' }],
    ['tags-invalid', { tags: ['a,b'] }],
    ['user-invalid', { user: 'a\nb' }],
    ['expires-invalid', { expires: '2027-02-30' }],
    ['renewal-invalid', { renewal: 'http://renewal.example' }],
  ])('are refused as %s for %j, and nothing is changed', async (code, changed) => {
    const { fixture, account, key } = await localVaultWithKey()
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    expect(await codeRejected(setKeyDetails(fixture.opened, account.id, key.id, { ...details, user: 'other', ...changed }))).toBe(code)
    expect(recordOf(fixture, account, key.id)?.details).toEqual(details)
  })

  it('are refused for a key that is not there, and in a vault that is only read', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(await codeRejected(setKeyDetails(fixture.opened, account.id, 'f'.repeat(24), details))).toBe('key-not-found')
    const readOnly = { ...fixture.opened, readOnly: 'keychain-reset' } as const
    expect(await codeRejected(setKeyDetails(readOnly, account.id, key.id, details))).toBe('read-only')
    expect(recordOf(fixture, account, key.id)?.details).toEqual(noDetails)
  })

  it('stay when the server renames or disables the key, and while the key is gone', async () => {
    const { fixture, account, key, elsewhere } = await remoteVaultWithKey('ci')
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    await elsewhere.disable(key.id)
    expect((await refreshKeys(fixture.opened, account.id)).keys).toMatchObject([{ enabled: false, details }])
  })

  it('are removed with their key', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    await setKeyDetails(fixture.opened, account.id, key.id, details)
    await deleteKey(fixture.opened, account.id, key.id, 'ci')
    expect(JSON.stringify([...fixture.disk.records.keys])).not.toContain('Grace')
  })
})

describe('where a new value of a key is to be had', () => {
  const token = new Secret(`ghp_${'a'.repeat(36)}`)

  it('is the address that its person wrote down, or else the one of its service', async () => {
    const { fixture } = await localVaultWithKey()
    const account = await storeValues(fixture.opened, [{ name: 'any', value: token }])
    const [key] = listKeys(fixture.opened, account.id).keys
    const id = key?.id ?? ''
    const record = fixture.opened.cache.key(account.id, id)
    if (record !== null) fixture.opened.cache.commit([{ op: 'put-key', key: { ...record, service: 'github' } }])
    expect(await renewalAddress(fixture.opened, account.id, id)).toMatch(/^https:\/\/github\.com\//)
    await setKeyDetails(fixture.opened, account.id, id, details)
    expect(await renewalAddress(fixture.opened, account.id, id)).toBe(details.renewal)
  })

  it('is refused where nobody knows it', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    expect(await codeRejected(renewalAddress(fixture.opened, account.id, key.id))).toBe('renewal-unknown')
  })
})
