import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { accountLabel, findKey } from '../../../../main/vault/keys/find-key.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { byEmail, email, newKey, password, remoteVault, remoteVaultWithKey, type VaultFixture } from '../fixtures/vault.ts'
import { codeThrown } from '../fixtures/refused.ts'

const other = { url: 'https://other.example', appId: 'app-2' }

/** The local vault, and the same e-mail on two servers. */
async function threeAccounts(): Promise<{ fixture: VaultFixture; local: Account; one: Account; two: Account }> {
  const { fixture, account: one } = await remoteVault()
  const local = await openLocal(fixture.opened)
  fixture.servers.service(other).register(email, password)
  return { fixture, local, one, two: await signIn(fixture.opened, other, byEmail) }
}

describe('a reference to a key', () => {
  it('finds it by name or id, in the named account or in all', async () => {
    const { fixture, local, one } = await threeAccounts()
    const [mine, theirs] = [await newKey(fixture, local, 'mine'), await newKey(fixture, one, 'theirs')]
    for (const account of [null, 'This computer', local.id]) {
      for (const key of ['mine', mine.key.id])
        expect(findKey(fixture.opened, { account, key })).toMatchObject({ accountId: local.id, id: mine.key.id })
    }
    for (const account of [null, `${email} (keys.example)`, one.id]) {
      for (const key of ['theirs', theirs.key.id])
        expect(findKey(fixture.opened, { account, key })).toMatchObject({ accountId: one.id, id: theirs.key.id })
    }
  })

  it('is ambiguous if two accounts have it, until the account is named', async () => {
    const { fixture, one, two } = await threeAccounts()
    await newKey(fixture, one)
    await newKey(fixture, two)
    expect(codeThrown(() => findKey(fixture.opened, { account: null, key: 'ci' }))).toBe('key-ambiguous')
    expect(findKey(fixture.opened, { account: one.id, key: 'ci' })).toMatchObject({ accountId: one.id })
    expect(findKey(fixture.opened, { account: `${email} (other.example)`, key: 'ci' })).toMatchObject({ accountId: two.id })
  })

  it('is ambiguous if it is one key’s name and another’s id', async () => {
    const { fixture, local } = await threeAccounts()
    const { key } = await newKey(fixture, local, 'one')
    await newKey(fixture, local, key.id)
    expect(codeThrown(() => findKey(fixture.opened, { account: null, key: key.id }))).toBe('key-ambiguous')
    expect(findKey(fixture.opened, { account: null, key: 'one' })).toMatchObject({ id: key.id })
  })

  it.each(['CI', 'ci ', ' ci', 'c', '', 'ci\0', '64a000000000000000000009'])('finds no key as %j', async (key) => {
    const { fixture, local } = await threeAccounts()
    await newKey(fixture, local)
    expect(codeThrown(() => findKey(fixture.opened, { account: null, key }))).toBe('key-not-found')
  })

  it.each(['', 'this computer', 'This computer ', email, 'ffffffffffffffff'])(
    'is refused for an account that has no such name: %j',
    async (account) => {
      const { fixture, local } = await threeAccounts()
      await newKey(fixture, local)
      expect(codeThrown(() => findKey(fixture.opened, { account, key: 'ci' }))).toBe('account-not-found')
    },
  )

  it('does not find a key in the trash', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    await elsewhere.delete(key.id)
    await refreshKeys(fixture.opened, account.id)
    expect(codeThrown(() => findKey(fixture.opened, { account: null, key: 'ci' }))).toBe('key-not-found')
  })
})

describe('the label of an account', () => {
  const base: Account = {
    ...{ id: 'a0', server: { url: 'https://keys.example', appId: 'app-1' }, method: 'email', email: 'ada@example.test' },
    ...{ userId: 'u0', signedIn: true, syncedAt: null, trouble: null },
  }
  const labels = (...accounts: Account[]): string[] => accounts.map((account) => accountLabel(account, accounts, []))

  it('is the shortest unique name', () => {
    const local: Account = { ...base, id: 'a1', server: null, method: 'local', email: null }
    const custom: Account = { ...base, id: 'a2', method: 'custom-token', email: null, userId: 'u2' }
    expect(labels(base, local, custom)).toEqual(['ada@example.test', 'This computer', 'u2'])
    const elsewhere = { ...base, id: 'a3', server: { url: 'https://other.example:8443', appId: 'app-1' } }
    expect(labels(base, elsewhere)).toEqual(['ada@example.test (keys.example)', 'ada@example.test (other.example:8443)'])
    const below = { ...base, id: 'a6', server: { url: 'https://keys.example/latchkey', appId: 'app-1' } }
    expect(labels(base, below)).toEqual(['ada@example.test (keys.example)', 'ada@example.test (keys.example/latchkey)'])
    const otherApp = { ...base, id: 'a4', server: { url: 'https://keys.example', appId: 'app-2' } }
    expect(labels(base, otherApp)).toEqual(['ada@example.test (keys.example, app-1)', 'ada@example.test (keys.example, app-2)'])
    const byToken: Account = { ...base, id: 'a5', method: 'custom-token' }
    expect(labels(base, byToken)).toEqual(['ada@example.test (a0)', 'ada@example.test (a5)'])
  })

  it('is never a name that another account could have, whatever a server calls its users', () => {
    const local: Account = { ...base, id: 'a1', server: null, method: 'local', email: null, userId: 'u1' }
    for (const userId of ['This computer', 'a1', 'ada@example.test', 'ada@example.test (keys.example)', 'ada@example.test (a0)']) {
      const hostile: Account = { ...base, id: 'a2', method: 'custom-token', email: null, userId }
      const found = labels(base, local, hostile)
      expect(new Set(found).size).toBe(3)
      expect(found[1]).toBe('This computer')
      expect([...found, 'a0', 'a1', 'a2'].filter((name) => name === found[2])).toHaveLength(1)
    }
  })

  it('is short and readable, whatever a server calls its users', () => {
    const hostile: Account = { ...base, method: 'custom-token', email: null, userId: `\u001b[2J\u202euser\n${'x'.repeat(10_000)}` }
    const [label = ''] = labels(hostile)
    expect(label).toMatch(/^\ufffd\[2J\ufffduser\ufffdx+$/)
    expect(label.length).toBe(64)
  })
})
