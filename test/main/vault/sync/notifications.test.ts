import { describe, expect, it } from 'vitest'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { dismiss } from '../../../../main/vault/sync/notifications.ts'
import { newKey, remoteVault } from '../fixtures/vault.ts'

async function synced() {
  const found = await remoteVault()
  const { key } = await newKey(found.fixture, found.account)
  await refreshKeys(found.fixture.opened, found.account.id)
  const news = async () => (await refreshKeys(found.fixture.opened, found.account.id)).news.map(({ what, name }) => [what, name])
  return { ...found, key, news }
}

describe('changes made elsewhere', () => {
  it('are not reported for the first list of an account, in which every key is new', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await elsewhere.create('ci')
    expect((await refreshKeys(fixture.opened, account.id)).news).toEqual([])
  })

  it('are reported by kind: made, disabled, enabled, gone', async () => {
    const { elsewhere, key, news } = await synced()
    await elsewhere.create('theirs')
    expect(await news()).toEqual([['made', 'theirs']])
    await elsewhere.disable(key.id)
    expect((await news()).at(-1)).toEqual(['disabled', 'ci'])
    await elsewhere.enable(key.id)
    expect((await news()).at(-1)).toEqual(['enabled', 'ci'])
    await elsewhere.delete(key.id)
    expect((await news()).at(-1)).toEqual(['gone', 'ci'])
  })

  it('are reported if a key comes back, with a server that was restored from a backup', async () => {
    const { fixture, account, news } = await synced()
    const asked = fixture.servers.of(account)
    const everything = asked.fetchAll.bind(asked)
    asked.fetchAll = async () => []
    await news()
    asked.fetchAll = everything
    expect(await news()).toEqual([
      ['gone', 'ci'],
      ['back', 'ci'],
    ])
  })

  it('are not reported for changes that were made here', async () => {
    const { fixture, account, news } = await synced()
    await newKey(fixture, account, 'mine')
    expect(await news()).toEqual([])
  })

  it('stay reported across a restart, until they are dismissed', async () => {
    const { fixture, account, elsewhere } = await synced()
    await elsewhere.create('theirs')
    await refreshKeys(fixture.opened, account.id)
    await fixture.restart()
    const { news } = listKeys(fixture.opened, account.id)
    expect(news).toMatchObject([{ what: 'made', at: fixture.now }])
    dismiss(
      fixture.opened,
      account.id,
      news.map(({ id }) => id),
    )
    dismiss(
      fixture.opened,
      account.id,
      news.map(({ id }) => id),
    )
    expect(listKeys(fixture.opened, account.id).news).toEqual([])
  })

  it('are limited: the oldest of more than two hundred is dropped', async () => {
    const { fixture, account, elsewhere, key } = await synced()
    for (let times = 0; times < 105; times += 1) {
      await elsewhere.disable(key.id)
      await refreshKeys(fixture.opened, account.id)
      await elsewhere.enable(key.id)
      await refreshKeys(fixture.opened, account.id)
    }
    const { news } = listKeys(fixture.opened, account.id)
    expect(news.length).toBeLessThanOrEqual(201)
    expect(news.at(-1)?.what).toBe('enabled')
  })
})
