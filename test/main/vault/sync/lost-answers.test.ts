import { describe, expect, it } from 'vitest'
import { disableKey, enableKey } from '../../../../main/vault/keys/key-operations.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { brokenOff } from '../../fakes/key-servers.ts'
import { changes, vaultWithKey, vaultWithPending, offline, online } from '../fixtures/vault-with-key.ts'

describe('a change', () => {
  it('that was applied, with its answer lost, is found applied and not sent twice', async () => {
    const { fixture, account, key, list } = await vaultWithKey()
    fixture.remote.after = brokenOff('disable')
    await disableKey(fixture.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'disable', sent: true }])
    fixture.remote.after = () => undefined
    await refreshKeys(fixture.opened, account.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [], news: [] })
    expect(changes(fixture).filter((call) => call === 'disable')).toHaveLength(1)
  })

  // Sent by the queue, it used to count as never sent: a key was shown as disabled, with nothing pending, while the server had it enabled.
  it('that was pending and whose answer was lost is not cancelled by the opposite change, which is sent', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithKey()
    await disableKey(fixture.opened, account.id, key.id)
    offline(fixture)
    await enableKey(fixture.opened, account.id, key.id)
    online(fixture)
    fixture.remote.after = brokenOff('enable')
    await refreshKeys(fixture.opened, account.id)
    expect(list().waiting).toMatchObject([{ kind: 'enable', sent: true }])
    fixture.remote.after = () => undefined
    await disableKey(fixture.opened, account.id, key.id)
    expect(list()).toMatchObject({ keys: [{ enabled: false }], waiting: [] })
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })

  it('is marked as sent on disk during the request, and unmarked if it certainly changed nothing', async () => {
    const { fixture, account, key, list } = await vaultWithPending('disable')
    const noted: boolean[] = []
    fixture.remote.before = (call) => {
      if (call !== 'disable') return
      noted.push(list().waiting[0]?.sent === true)
      throw new Refusal('server-unreachable')
    }
    await refreshKeys(fixture.opened, account.id)
    await disableKey(fixture.opened, account.id, key.id)
    expect([noted, list().waiting.map(({ sent }) => sent)]).toEqual([[true, true], [false]])
  })

  it('whose answer was lost still counts as sent after others replace it', async () => {
    const { fixture, account, elsewhere, key, list } = await vaultWithKey()
    await disableKey(fixture.opened, account.id, key.id)
    fixture.remote.after = brokenOff('enable')
    await enableKey(fixture.opened, account.id, key.id)
    offline(fixture)
    await enableKey(fixture.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'enable', sent: true }])
    for (const act of [disableKey, enableKey, disableKey]) await act(fixture.opened, account.id, key.id)
    expect(list().waiting).toMatchObject([{ kind: 'disable' }])
    online(fixture)
    fixture.remote.after = () => undefined
    await refreshKeys(fixture.opened, account.id)
    expect((await elsewhere.fetch(key.id)).enabled).toBe(false)
  })
})
