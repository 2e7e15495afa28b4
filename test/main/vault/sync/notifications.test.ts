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

describe('what happens elsewhere', () => {
  it('is no news in the first list of an account: all of it is new', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await elsewhere.create('ci')
    expect((await refreshKeys(fixture.opened, account.id)).news).toEqual([])
  })

  it('is told as what it is: made, disabled, enabled, gone', async () => {
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

  it('is told when a key comes back: a server restored from a backup', async () => {
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

  it('is not told of what was done here', async () => {
    const { fixture, account, news } = await synced()
    await newKey(fixture, account, 'mine')
    expect(await news()).toEqual([])
  })

  it('stays told over a restart, until it is dismissed', async () => {
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

  it('is not kept without end: the oldest of more than two hundred goes', async () => {
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
