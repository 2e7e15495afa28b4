import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import type { KeyServer } from '../../../../main/vault/ports/key-servers.ts'
import { replaceKey } from '../../../../main/vault/keys/replace-key.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { type House, newKey, remoteHouse, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** The next creation arrives twice: something on its way repeats it, and what the server says to the first copy never comes back. */
function sentTwice(house: House, elsewhere: KeyServer, name: string): void {
  house.remote.before = async (call) => {
    if (call !== 'create') return
    house.remote.before = () => undefined
    await elsewhere.create(name) // the first copy: the same user asks for the same name
  }
}

async function fill(house: House, account: Account, count: number): Promise<void> {
  for (let made = 0; made < count; made++) await newKey(house, account, `key-${made}`)
}

// The second answer, "the name is taken", was believed: the intent was dropped, and the key came back in the list as made elsewhere.
describe('a creation that the server was sent twice', () => {
  it('is not taken for one whose name somebody else has: the key is shown as one whose value was lost', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    sentTwice(house, elsewhere, 'ci')
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('value-lost')
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('and filled the account with its first copy is not taken for one that had no room', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    await fill(house, account, 19)
    house.remote.before = async (call) => {
      if (call !== 'create') return
      house.remote.before = () => undefined
      await elsewhere.create('last')
      throw new Refusal('quota-reached')
    }
    expect(await codeRejected(createKey(house.opened, account.id, 'last'))).toBe('value-lost')
    expect(stateOf(house, account, 'last')?.value).toBe('lost')
  })

  it('stays open while no list can be had, and the next list decides', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    house.remote.before = async (call) => {
      if (call !== 'create') return
      house.remote.before = (later) => {
        if (later === 'fetchAll') throw new Refusal('server-unreachable')
      }
      await elsewhere.create('ci')
    }
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('creation-unsettled')
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [], waiting: [{ kind: 'create', name: 'ci', sent: true }] })
    house.remote.before = () => undefined
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('is found when it had waited: nothing says that it was not made', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    await createLater(house.opened, account.id, 'ci')
    sentTwice(house, elsewhere, 'ci')
    expect(await refreshKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('for a key that is replaced is told as lost, and not as done', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    const { key } = await newKey(house, account)
    sentTwice(house, elsewhere, 'ci')
    expect(await codeRejected(replaceKey(house.opened, account.id, key.id, 'ci'))).toBe('value-lost')
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [] })
  })
})

describe('a creation whose name is taken', () => {
  it('by a key that another computer made unseen is refused without being sent, and that key is no lost one', async () => {
    const { house, account, elsewhere } = await remoteHouse()
    await newKey(house, account, 'mine')
    await elsewhere.create('ci')
    const creations = (): number => house.remote.calls.filter((call) => call === 'create').length
    const before = creations()
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('name-taken')
    expect(creations()).toBe(before)
    expect(stateOf(house, account, 'ci')?.value).toBe('elsewhere')
    expect(listKeys(house.opened, account.id).waiting).toEqual([])
  })

  it('as the server says, of which its list has none, was not made: nothing waits', async () => {
    const { house, account } = await remoteHouse()
    house.remote.before = (call) => {
      if (call === 'create') throw new Refusal('name-taken')
    }
    expect(await codeRejected(createKey(house.opened, account.id, 'ci'))).toBe('name-taken')
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
  })
})
