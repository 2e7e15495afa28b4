import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { createLater } from '../../../../main/vault/sync/pending-changes.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import type { KeyServer } from '../../../../main/vault/ports/key-servers.ts'
import { replaceKey } from '../../../../main/vault/keys/replace-key.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { newKey, remoteVault, remoteVaultWithKey, stateOf, type VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** The next creation arrives twice: something on its way repeats it, and the answer to the first copy is lost. */
function sentTwice(fixture: VaultFixture, elsewhere: KeyServer, name: string): void {
  fixture.remote.before = async (call) => {
    if (call !== 'create') return
    fixture.remote.before = () => undefined
    await elsewhere.create(name) // the first copy of the request
  }
}

async function fill(fixture: VaultFixture, account: Account, count: number): Promise<void> {
  for (let made = 0; made < count; made++) await newKey(fixture, account, `key-${made}`)
}

// The second answer, `name-taken`, used to be believed: the intent was dropped, and the key appeared in the list as made elsewhere.
describe('a creation that reached the server twice', () => {
  it('is not mistaken for a name conflict: the key is shown with a lost value', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    sentTwice(fixture, elsewhere, 'ci')
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('value-lost')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('is not mistaken for a full account that its first copy filled', async () => {
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

  it('stays open while no list can be fetched, and the next list settles it', async () => {
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

  it('is found if it had been pending, and not reported as not created', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    await createLater(fixture.opened, account.id, 'ci')
    sentTwice(fixture, elsewhere, 'ci')
    expect(await refreshKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [], news: [] })
  })

  it('of a replacement is reported as lost, and not as done', async () => {
    const { fixture, account, elsewhere, key } = await remoteVaultWithKey()
    sentTwice(fixture, elsewhere, 'ci')
    expect(await codeRejected(replaceKey(fixture.opened, account.id, key.id, 'ci'))).toBe('value-lost')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ name: 'ci', value: 'lost' }], waiting: [] })
  })
})

describe('a creation whose name is taken', () => {
  it('by a key that another computer created unseen is refused without a request, and that key is not reported as lost', async () => {
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

  it('according to the server, whose list does not have it, did not happen: nothing stays pending', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.before = (call) => {
      if (call === 'create') throw new Refusal('name-taken')
    }
    expect(await codeRejected(createKey(fixture.opened, account.id, 'ci'))).toBe('name-taken')
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [], waiting: [] })
  })
})
