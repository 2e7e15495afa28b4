import { describe, expect, it } from 'vitest'
import { cancelChange, createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { stateOf } from '../fixtures/vault.ts'
import { elsewhereOnline, houseWithKey, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a key to be created when online', () => {
  it('is no key until the server made it; then its value is here, and it is told', async () => {
    const { house, account, list } = await houseWithKey()
    offline(house)
    await createLater(house.opened, account.id, 'later')
    expect(list()).toMatchObject({ keys: [{ name: 'ci' }], waiting: [{ kind: 'create', name: 'later', keyId: null, sent: false }] })
    online(house)
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], news: [{ what: 'created', name: 'later' }] })
    expect(stateOf(house, account, 'later')?.value).toBe('here')
  })

  it('takes its name and its place of the twenty at once', async () => {
    const { house, account } = await houseWithKey()
    offline(house)
    for (let index = 0; index < 19; index += 1) await createLater(house.opened, account.id, `later-${index}`)
    expect(await codeRejected(createLater(house.opened, account.id, 'LATER-3'))).toBe('name-taken')
    expect(await codeRejected(createLater(house.opened, account.id, 'one-more'))).toBe('quota-reached')
  })

  it('explains why it was not made: the name was taken meanwhile', async () => {
    const { house, account, elsewhere, list } = await houseWithKey()
    offline(house)
    await createLater(house.opened, account.id, 'later')
    await elsewhereOnline(house, () => elsewhere.create('later'))
    await refreshKeys(house.opened, account.id)
    expect(list().waiting).toEqual([])
    expect(list().news.map(({ what }) => what)).toEqual(['made', 'not-created-name-taken'])
  })

  it('explains why it was not made: the account is full', async () => {
    const { house, account, elsewhere, list } = await houseWithKey()
    offline(house)
    await createLater(house.opened, account.id, 'later')
    await elsewhereOnline(house, async () => {
      for (let index = 0; index < 19; index += 1) await elsewhere.create(`theirs-${index}`)
    })
    await refreshKeys(house.opened, account.id)
    expect(list().waiting).toEqual([])
    expect(list().news.at(-1)?.what).toBe('not-created-full')
  })

  it('waits on when the request was surely not sent', async () => {
    const { house, account, list } = await houseWithKey()
    await createLater(house.opened, account.id, 'later')
    house.remote.before = unreachable('create')
    await refreshKeys(house.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'create', sent: false }])
  })

  it('is not asked for again when its answer was lost: the key is found, and nobody has its value', async () => {
    const { house, account, list } = await houseWithKey()
    await createLater(house.opened, account.id, 'later')
    house.remote.after = brokenOff('create')
    await refreshKeys(house.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'create', sent: true }])
    expect(await codeRejected(cancelChange(house.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('creation-unsettled')
    house.remote.after = () => undefined
    await refreshKeys(house.opened, account.id)
    expect(stateOf(house, account, 'later')?.value).toBe('lost')
    expect(list().waiting).toEqual([])
  })

  it('says so when its request never arrived', async () => {
    const { house, account, list } = await houseWithKey()
    await createLater(house.opened, account.id, 'later')
    house.remote.before = brokenOff('create')
    house.now += 24 * 60 * 60_000 // from when the server was asked it is a minute, not from when its person did
    await refreshKeys(house.opened, account.id)
    online(house)
    expect((await refreshKeys(house.opened, account.id)).waiting).toMatchObject([{ name: 'later', sent: true, at: house.now }])
    house.now += 60_000
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ name: 'ci' }], waiting: [], news: [{ what: 'not-created', name: 'later' }] })
  })
})
