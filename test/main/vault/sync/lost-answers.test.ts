import { describe, expect, it } from 'vitest'
import { disableKey, enableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { brokenOff } from '../../fakes/key-servers.ts'
import { changes, houseWithKey, offline, online } from '../fixtures/vault-with-key.ts'

describe('a change', () => {
  it('made, with its answer lost, is found made and not asked for twice', async () => {
    const { house, account, key, list } = await houseWithKey()
    house.remote.after = brokenOff('disable')
    await disableKey(house.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'disable', sent: true }])
    house.remote.after = () => undefined
    await refreshKeys(house.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [], news: [] })
    expect(changes(house).filter((call) => call === 'disable')).toHaveLength(1)
  })

  // Made by the queue, it counted as never asked for: a key was shown as disabled, with nothing waiting, and the server had it enabled.
  it('made when it had waited, with its answer lost, is not taken back by the opposite: that is asked for', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    await disableKey(house.opened, account.id, key.id)
    offline(house)
    await enableKey(house.opened, account.id, key.id)
    online(house)
    house.remote.after = brokenOff('enable')
    await refreshKeys(house.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'enable', sent: true }])
    house.remote.after = () => undefined
    await disableKey(house.opened, account.id, key.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [] })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })

  it('is on disk as sent while the server is asked, and as it was when that surely came to nothing', async () => {
    const { house, account, key, list } = await houseWithKey()
    offline(house)
    await disableKey(house.opened, account.id, key.id)
    const noted: boolean[] = []
    house.remote.before = (call) => {
      if (call !== 'disable') return
      noted.push(list().waiting[0]?.sent === true)
      throw new Refusal('server-unreachable')
    }
    await refreshKeys(house.opened, account.id)
    await disableKey(house.opened, account.id, key.id)
    expect([noted, list().waiting.map(({ sent }) => sent)]).toEqual([[true, true], [false]])
  })

  it('whose answer was lost is not forgotten by those that take its place: none of them is taken for never asked', async () => {
    const { house, account, elsewhere, key, list } = await houseWithKey()
    await disableKey(house.opened, account.id, key.id)
    house.remote.after = brokenOff('enable')
    await enableKey(house.opened, account.id, key.id)
    offline(house)
    await enableKey(house.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'enable', sent: true }])
    for (const act of [disableKey, enableKey, disableKey]) await act(house.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'disable' }])
    online(house)
    house.remote.after = () => undefined
    await refreshKeys(house.opened, account.id)
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })
})
