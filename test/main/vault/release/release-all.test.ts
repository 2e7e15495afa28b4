import { describe, expect, it } from 'vitest'
import { listGrants } from '../../../../main/vault/release/grants.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { release, releaseAll } from '../../../../main/vault/release/release.ts'
import { type House, localHouse, newKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { shell } from '../fixtures/requesters.ts'

describe('several values for one program', () => {
  async function three(): Promise<{ house: House; accountId: string; keys: { accountId: string; keyId: string }[]; values: string[] }> {
    const { house, account } = await localHouse()
    const made = [await newKey(house, account, 'one'), await newKey(house, account, 'two'), await newKey(house, account, 'three')]
    const keys = made.map(({ key }) => ({ accountId: account.id, keyId: key.id }))
    return { house, accountId: account.id, keys, values: made.map(({ value }) => value) }
  }
  const run = { purpose: 'run', requester: shell, detail: 'deploy.sh' } as const

  it('are approved at once, and given in the order they were named', async () => {
    const { house, accountId, keys, values } = await three()
    house.approver.answer = 'once'
    const given = await releaseAll(house.opened, [...keys].reverse(), run)
    expect(given.map((secret) => secret.expose())).toEqual([...values].reverse())
    expect(house.approver.asked.map((request) => request.keys.map(({ name }) => name))).toEqual([['three', 'two', 'one']])
    expect(house.opened.cache.releases(accountId)).toHaveLength(3)
  })

  it('are none if one of them cannot be given', async () => {
    const { house, accountId, keys } = await three()
    house.approver.answer = 'for-a-while'
    house.keychain.items.delete(items.value(accountId, keys[2]?.keyId ?? ''))
    expect(await codeRejected(releaseAll(house.opened, keys, run))).toBe('value-missing')
    expect([house.opened.cache.releases(accountId), listGrants(house.opened)]).toEqual([[], []])
  })

  it('are none, and nobody is asked, if there is no such key', async () => {
    const { house, accountId, keys } = await three()
    house.approver.answer = 'for-a-while'
    const named = [...keys, { accountId, keyId: '64a000000000000000000009' }]
    expect(await codeRejected(releaseAll(house.opened, named, run))).toBe('key-not-found')
    expect(house.approver.asked).toEqual([])
  })

  it('are none if the journal cannot be written', async () => {
    const { house, keys } = await three()
    house.approver.answer = 'once'
    house.disk.full = true
    expect(await codeRejected(releaseAll(house.opened, keys, run))).toBe('disk-full')
  })

  it('may be one value twice, which is asked and journaled once', async () => {
    const { house, accountId, keys, values } = await three()
    house.approver.answer = 'once'
    const [key] = keys
    const given = await releaseAll(
      house.opened,
      [key, key].flatMap((one) => one ?? []),
      run,
    )
    expect(given.map((secret) => secret.expose())).toEqual([values[0], values[0]])
    expect(house.approver.asked[0]?.keys).toHaveLength(1)
    expect(house.opened.cache.releases(accountId)).toHaveLength(1)
  })

  it('are asked for without those that an answer is remembered of', async () => {
    const { house, accountId, keys } = await three()
    house.approver.answer = 'for-a-while'
    await release(house.opened, accountId, keys[1]?.keyId ?? '', run)
    house.approver.answer = 'once'
    await releaseAll(house.opened, keys, run)
    expect(house.approver.asked[1]?.keys.map(({ name }) => name)).toEqual(['one', 'three'])
  })

  it('are remembered each by itself', async () => {
    const { house, accountId, keys } = await three()
    house.approver.answer = 'for-a-while'
    await releaseAll(house.opened, keys, run)
    house.approver.answer = 'approval-denied'
    await release(house.opened, accountId, keys[0]?.keyId ?? '', run)
    expect(house.approver.asked).toHaveLength(1)
    expect(listGrants(house.opened)).toHaveLength(3)
  })
})
