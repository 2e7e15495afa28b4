import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import type { KeyServer } from '../../../../main/vault/ports/key-servers.ts'
import { replaceKey } from '../../../../main/vault/keys/replace-key.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { type VaultFixture, newKey, remoteVault, stateOf } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** The next creation arrives twice: something on its way repeats it, and what the server says to the first copy never comes back. */
function sentTwice(fixture: VaultFixture, elsewhere: KeyServer, name: string): void {
  fixture.remote.before = async (call) => {
    if (call !== 'create') return
    fixture.remote.before = () => undefined
    await elsewhere.create(name) // the first copy: the same user asks for the same name
  }
}

async function fill(fixture: VaultFixture, account: Account, count: number): Promise<void> {
  for (let made = 0; made < count; made++) await newKey(fixture, account, `key-${made}`)
}

// The second answer, "the name is taken", was believed: the intent was dropped, and the key came back in the list as made elsewhere.
describe('a creation that the server was sent twice', () => {
  it('is not taken for one whose name somebody else has: the key is shown as one whose value was lost', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    sentTwice(fixture, elsewhere, 'ci')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('value-lost')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('and filled the account with its first copy is not taken for one that had no room', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await fill(fixture, account, 19)
    fixture.remote.before = async (call) => {
      if (call !== 'create') return
      fixture.remote.before = () => undefined
      await elsewhere.create('last')
      throw new Refusal('quota-reached')
    }
    expect(await codeRejected(createKey(fixture.opened, account.id, 'last'))).toBe('value-lost')
    expect(stateOf(fixture, account, 'last')?.value).toBe('lost')
  })

  it('stays open while no list can be had, and the next list decides', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    fixture.remote.before = async (call) => {
      if (call !== 'create') return
      fixture.remote.before = (later) => {
        if (later === 'fetchAll') throw new Refusal('server-unreachable')
      }
      await elsewhere.create('ci')
    }
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('creation-unsettled')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [{ kind: 'create', name: 'ci', sent: true }] })
    fixture.remote.before = () => undefined
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('is found when it had waited: nothing says that it was not made', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await createLater(fixture.opened, account.id, 'ci')
    sentTwice(fixture, elsewhere, 'ci')
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('for a key that is replaced is told as lost, and not as done', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { key } = await newKey(fixture, account)
    sentTwice(fixture, elsewhere, 'ci')
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('value-lost')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [] })
  })
})

describe('a creation whose name is taken', () => {
  it('by a key that another computer made unseen is refused without being sent, and that key is no lost one', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await newKey(fixture, account, 'mine')
    await elsewhere.create('ci')
    const creations = (): number => fixture.remote.calls.filter((call) => call === 'create').length
    const before = creations()
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('name-taken')
    expect(creations()).toBe(before)
    expect(stateOf(fixture, account, 'ci')?.value).toBe('elsewhere')
    expect(listKeys(fixture.opened, account.id).waiting).toEqual([])
  })

  it('as the server says, of which its list has none, was not made: nothing waits', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.before = (call) => {
      if (call === 'create') throw new Refusal('name-taken')
    }
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('name-taken')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
  })
})
