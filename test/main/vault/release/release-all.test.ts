import { describe, expect, it } from 'vitest'
import { listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { release, releaseAll } from '../../../../main/vault/release/release.ts'
import { type VaultFixture, localVault, newKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { shell } from '../fixtures/requesters.ts'

describe('several values for one program', () => {
  async function three(): Promise<{
    fixture: VaultFixture
    accountId: string
    keys: { accountId: string; keyId: string }[]
    values: string[]
  }> {
    const { fixture, account } = await localVault()
    const made = [await newKey(fixture, account, 'one'), await newKey(fixture, account, 'two'), await newKey(fixture, account, 'three')]
    const keys = made.map(({ key }) => ({ accountId: account.id, keyId: key.id }))
    return { fixture, accountId: account.id, keys, values: made.map(({ value }) => value) }
  }
  const run = { purpose: 'run', requester: shell, detail: 'deploy.sh' } as const

  it('are approved at once, and returned in the order of the request', async () => {
    const { fixture, accountId, keys, values } = await three()
    fixture.approver.answer = 'once'
    const given = await releaseAll(fixture.opened, [...keys].reverse(), run)
    expect(given.map((secret) => secret.expose())).toEqual([...values].reverse())
    expect(fixture.approver.asked.map((request) => request.keys.map(({ name }) => name))).toEqual([['three', 'two', 'one']])
    expect(fixture.opened.cache.releases(accountId)).toHaveLength(3)
  })

  it('are not released if one of them cannot be', async () => {
    const { fixture, accountId, keys } = await three()
    fixture.approver.answer = 'for-a-while'
    fixture.keychain.items.delete(items.value(accountId, keys[2]?.keyId ?? ''))
    expect(await codeRejected(releaseAll(fixture.opened, keys, run))).toBe('value-missing')
    expect([fixture.opened.cache.releases(accountId), listGrants(fixture.opened)]).toEqual([[], []])
  })

  it('are not released, and nobody is asked, if one key does not exist', async () => {
    const { fixture, accountId, keys } = await three()
    fixture.approver.answer = 'for-a-while'
    const named = [...keys, { accountId, keyId: '64a000000000000000000009' }]
    expect(await codeRejected(releaseAll(fixture.opened, named, run))).toBe('key-not-found')
    expect(fixture.approver.asked).toEqual([])
  })

  it('are not released if the journal cannot be written', async () => {
    const { fixture, keys } = await three()
    fixture.approver.answer = 'once'
    fixture.disk.full = true
    expect(await codeRejected(releaseAll(fixture.opened, keys, run))).toBe('disk-full')
  })

  it('may contain a value twice, which is approved and journaled once', async () => {
    const { fixture, accountId, keys, values } = await three()
    fixture.approver.answer = 'once'
    const [key] = keys
    const given = await releaseAll(
      fixture.opened,
      [key, key].flatMap((one) => one ?? []),
      run,
    )
    expect(given.map((secret) => secret.expose())).toEqual([values[0], values[0]])
    expect(fixture.approver.asked[0]?.keys).toHaveLength(1)
    expect(fixture.opened.cache.releases(accountId)).toHaveLength(1)
  })

  it('are approved without those that have a remembered approval', async () => {
    const { fixture, accountId, keys } = await three()
    fixture.approver.answer = 'for-a-while'
    await release(fixture.opened, accountId, keys[1]?.keyId ?? '', run)
    fixture.approver.answer = 'once'
    await releaseAll(fixture.opened, keys, run)
    expect(fixture.approver.asked[1]?.keys.map(({ name }) => name)).toEqual(['one', 'three'])
  })

  it('are remembered one by one', async () => {
    const { fixture, accountId, keys } = await three()
    fixture.approver.answer = 'for-a-while'
    await releaseAll(fixture.opened, keys, run)
    fixture.approver.answer = 'approval-denied'
    await release(fixture.opened, accountId, keys[0]?.keyId ?? '', run)
    expect(fixture.approver.asked).toHaveLength(1)
    expect(listGrants(fixture.opened)).toHaveLength(3)
  })
})
