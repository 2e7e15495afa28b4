import { describe, expect, it } from 'vitest'
import { cancelChange, createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { stateOf } from '../fixtures/vault.ts'
import { elsewhereOnline, vaultWithKey, offline, online } from '../fixtures/vault-with-key.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('a key to be created when online', () => {
  it('does not exist until the server has created it; then its value is here, and that is reported', async () => {
    const { fixture, account, list } = await vaultWithKey()
    offline(fixture)
    await createLater(fixture.opened, account.id, 'later')
    expect(list()).toMatchObject({ keys: [{ name: 'ci' }], waiting: [{ kind: 'create', name: 'later', keyId: null, sent: false }] })
    online(fixture)
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ waiting: [], news: [{ what: 'created', name: 'later' }] })
    expect(stateOf(fixture, account, 'later')?.value).toBe('here')
  })

  it('takes its name and its place among the twenty at once', async () => {
    const { fixture, account } = await vaultWithKey()
    offline(fixture)
    for (let index = 0; index < 19; index += 1) await createLater(fixture.opened, account.id, `later-${index}`)
    expect(await codeRejected(createLater(fixture.opened, account.id, 'LATER-3'))).toBe('name-taken')
    expect(await codeRejected(createLater(fixture.opened, account.id, 'one-more'))).toBe('quota-reached')
  })

  it('reports why it was not created: the name was taken meanwhile', async () => {
    const { fixture, account, elsewhere, list } = await vaultWithKey()
    offline(fixture)
    await createLater(fixture.opened, account.id, 'later')
    await elsewhereOnline(fixture, () => elsewhere.create('later'))
    await refreshKeys(fixture.opened, account.id)
    expect(list().waiting).toEqual([])
    expect(list().news.map(({ what }) => what)).toEqual(['made', 'not-created-name-taken'])
  })

  it('reports why it was not created: the account is full', async () => {
    const { fixture, account, elsewhere, list } = await vaultWithKey()
    offline(fixture)
    await createLater(fixture.opened, account.id, 'later')
    await elsewhereOnline(fixture, async () => {
      for (let index = 0; index < 19; index += 1) await elsewhere.create(`theirs-${index}`)
    })
    await refreshKeys(fixture.opened, account.id)
    expect(list().waiting).toEqual([])
    expect(list().news.at(-1)?.what).toBe('not-created-full')
  })

  it('stays pending if the request was certainly not sent', async () => {
    const { fixture, account, list } = await vaultWithKey()
    await createLater(fixture.opened, account.id, 'later')
    fixture.remote.before = unreachable('create')
    await refreshKeys(fixture.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'create', sent: false }])
  })

  it('is not requested again if its answer was lost: the key is found without its value', async () => {
    const { fixture, account, list } = await vaultWithKey()
    await createLater(fixture.opened, account.id, 'later')
    fixture.remote.after = brokenOff('create')
    await refreshKeys(fixture.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'create', sent: true }])
    expect(await codeRejected(cancelChange(fixture.opened, account.id, list().waiting[0]?.id ?? ''))).toBe('creation-unsettled')
    fixture.remote.after = () => undefined
    await refreshKeys(fixture.opened, account.id)
    expect(stateOf(fixture, account, 'later')?.value).toBe('lost')
    expect(list().waiting).toEqual([])
  })

  it('reports if its request never arrived', async () => {
    const { fixture, account, list } = await vaultWithKey()
    await createLater(fixture.opened, account.id, 'later')
    fixture.remote.before = brokenOff('create')
    fixture.now += 24 * 60 * 60_000 // the minute counts from the request to the server, not from its person's
    await refreshKeys(fixture.opened, account.id)
    online(fixture)
    expect((await refreshKeys(fixture.opened, account.id)).waiting).toMatchObject([{ name: 'later', sent: true, at: fixture.now }])
    fixture.now += 60_000
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ name: 'ci' }], waiting: [], news: [{ what: 'not-created', name: 'later' }] })
  })
})
