import { describe, expect, it } from 'vitest'
import type { Account } from '../../../../main/vault/model/account.ts'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { itemsOf, requireAllValuesKnown } from '../../../../main/vault/keychain/migrate-items.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { purgeTrashedValue } from '../../../../main/vault/keys/trash.ts'
import { addValue } from '../../../../main/vault/keys/add-value.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { byEmail, dropIndex, type VaultFixture, localVault, newKey, openVaultFixture, remoteVault, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const day = 24 * 60 * 60 * 1000

/** An account with the value of a key, and in the trash the value of another key that was deleted elsewhere. */
async function withTrash() {
  const found = await remoteVault()
  const { fixture, account, elsewhere } = found
  const kept = await newKey(fixture, account, 'kept')
  const gone = await newKey(fixture, account, 'gone')
  await elsewhere.delete(gone.key.id)
  await refreshKeys(fixture.opened, account.id)
  return { ...found, kept, gone }
}

async function loseCache(fixture: VaultFixture): Promise<void> {
  fixture.vault.lock()
  fixture.disk.erase()
  await fixture.restart()
}

/** Makes a server unreachable for good. */
function goneForGood(fixture: VaultFixture): void {
  fixture.remote.before = (call) => unreachable(call)(call)
}

/** The values in the keychain that no index names. */
function unlisted(fixture: VaultFixture): string[] {
  const pages = [...fixture.keychain.items].filter(([item]) => /^(listed|stored)\//.test(item))
  const listed = pages.flatMap(([item, text]) => text.split('\n').map((line) => `value/${item.split('/')[1]}/${line.slice(0, 24)}`))
  return [...fixture.keychain.items.keys()].filter((item) => item.startsWith('value/') && !listed.includes(item))
}

/** What the keychain has of an account, except its session's token. */
const itemsWith = (fixture: VaultFixture, { id }: Pick<Account, 'id'>): string[] =>
  [...fixture.keychain.items.keys()].filter((item) => item.includes(id) && !item.startsWith('session/'))

describe('after a lost cache', () => {
  // Its values in the trash used to stay in the keychain, unlisted for ever, and it could not be forgotten without a session.
  it('an account without a session or a server can be forgotten with every value, including those in the trash', async () => {
    const { fixture, account } = await withTrash()
    await loseCache(fixture)
    fixture.remote.endSessions()
    goneForGood(fixture)
    expect(await signOut(fixture.opened, account.id, true)).toEqual({ revoked: false })
    expect(new Set([...fixture.keychain.items.keys(), items.journalHead])).toEqual(new Set([items.canary, items.root, items.journalHead]))
    expect(fixture.opened.cache.accounts()).toEqual([])
  })

  it('an account that never had a value can be forgotten too', async () => {
    const { fixture, account } = await remoteVault()
    await loseCache(fixture)
    goneForGood(fixture)
    await signOut(fixture.opened, account.id, true)
    expect(itemsWith(fixture, account)).toEqual([])
  })

  it('the values of an unreachable server are listed, and can be revealed', async () => {
    const { fixture, account, kept, gone } = await withTrash()
    await loseCache(fixture)
    goneForGood(fixture)
    await fixture.vault.resume()
    const { keys } = listKeys(fixture.opened, account.id)
    expect(keys.map(({ id, name, value }) => [id, name, value]).sort()).toEqual(
      [kept, gone].map(({ key }) => [key.id, key.name, 'here']).sort(),
    )
    expect((await release(fixture.opened, account.id, gone.key.id, { purpose: 'reveal' })).expose()).toBe(gone.value)
  })

  it.each([
    ['at once', (fixture: VaultFixture) => fixture.vault.resume()],
    ['before anything else was looked for', () => Promise.resolve()],
  ])('values in the trash are in the trash again, and removed after their time (listed %s)', async (_, before) => {
    const { fixture, account, elsewhere, kept, gone } = await withTrash()
    await elsewhere.disable(kept.key.id)
    await loseCache(fixture)
    await before(fixture)
    await refreshKeys(fixture.opened, account.id)
    const listing = listKeys(fixture.opened, account.id)
    expect(listing.keys).toMatchObject([{ id: kept.key.id, value: 'here', enabled: false }])
    expect(listing.trash).toMatchObject([{ id: gone.key.id, name: 'gone', goneAt: fixture.now, purgedAt: fixture.now + 30 * day }])
    expect(listing.news.map(({ what }) => what)).toEqual(['cache-rebuilt'])
    fixture.run(31 * day)
    await refreshKeys(fixture.opened, account.id)
    expect(itemsWith(fixture, account).filter((item) => item.startsWith('value/'))).toEqual([items.value(account.id, kept.key.id)])
    expect(unlisted(fixture)).toEqual([])
  })

  it('values in the trash move with the vault into another keychain', async () => {
    const { fixture, account, gone } = await withTrash()
    await loseCache(fixture)
    await requireAllValuesKnown(fixture.opened)
    expect(itemsOf(fixture.opened)).toContain(items.value(account.id, gone.key.id))
  })

  it('a value in a locked keyring is retried at the next list', async () => {
    const { fixture, account, gone } = await withTrash()
    await loseCache(fixture)
    fixture.keychain.failing = (_, item) => (item === items.value(account.id, gone.key.id) ? 'locked' : null)
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).trash).toEqual([])
    fixture.keychain.failing = () => null
    await refreshKeys(fixture.opened, account.id)
    expect(listKeys(fixture.opened, account.id).trash).toMatchObject([{ name: 'gone' }])
  })

  it.each([
    ['written over', () => 'nothing that Latchkey wrote'],
    ['in part', (text: string) => text.replace(/^.*gone$/m, 'damaged')],
  ])('a damaged index opens the vault read-only, and the repair keeps what can be read (%s)', async (_, damage) => {
    const { fixture, account, kept, gone } = await withTrash()
    const page = items.listedPage(account.id, 0)
    const damaged = damage(fixture.keychain.items.get(page) ?? '')
    fixture.keychain.items.set(page, damaged)
    await loseCache(fixture)
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, 'keychain-damaged'])
    await fixture.vault.resume()
    expect(fixture.keychain.items.get(page)).toBe(damaged)
    await fixture.vault.repair()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, null])
    // The damaged entries are unknown, so nothing is forgotten before the server was asked.
    goneForGood(fixture)
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('server-unreachable')
    fixture.remote.before = () => undefined
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).keys).toMatchObject([{ id: kept.key.id, value: 'here' }])
    expect(fixture.keychain.items.get(items.listedPageAside(account.id, 0))).toBe(damaged)
    expect(unlisted(fixture)).toEqual([items.value(account.id, gone.key.id)]) // its entry was in the damaged part
  })
})

describe('every value in the keychain is listed in the index', () => {
  const changes: Record<string, (fixture: VaultFixture, account: Account) => Promise<unknown>> = {
    'a creation': (fixture, account) => createKey(fixture.opened, account.id, 'made'),
    'a creation on a full disk': (fixture, account) => {
      fixture.remote.after = (call) => {
        if (call === 'create') fixture.disk.full = true
      }
      return createKey(fixture.opened, account.id, 'made')
    },
    'a value that is added': async (fixture, account) => {
      const elsewhere = fixture.servers.of({ id: 'elsewhere', server })
      const made = await elsewhere.create('added')
      await refreshKeys(fixture.opened, account.id)
      await addValue(fixture.opened, account.id, made.key.id, made.value)
    },
    'a deletion': (fixture, account) => {
      const { id, name } = listKeys(fixture.opened, account.id).keys[0] ?? { id: '', name: '' }
      return deleteKey(fixture.opened, account.id, id, name)
    },
    'a value in the trash that is removed': (fixture, account) =>
      purgeTrashedValue(fixture.opened, account.id, listKeys(fixture.opened, account.id).trash[0]?.id ?? ''),
    'an import': (fixture) => storeValues(fixture.opened, [{ name: 'stored', value: new Secret('stored-value-0123456789') }]),
    'an account that is forgotten': (fixture, account) => signOut(fixture.opened, account.id, true),
    'a second account': async (fixture) => {
      const { id } = await signIn(fixture.opened, server, { method: 'anonymous' })
      await createKey(fixture.opened, id, 'second')
    },
  }

  /** Runs `change` until the keychain's call of this number, which never ends. @returns whether there is such a call */
  async function killedAt(fixture: VaultFixture, number: number, change: () => Promise<unknown>): Promise<boolean> {
    let calls = 0
    const killed = new Promise<true>((resolve) => {
      fixture.keychain.failing = () => {
        if (calls++ < number) return null
        resolve(true)
        return new Promise(() => {})
      }
    })
    const ended = change().then(
      () => false as const,
      () => false as const,
    )
    const was = await Promise.race([killed, ended])
    fixture.keychain.failing = () => null
    return was
  }

  it.each(Object.keys(changes))('at each call of %s; after a kill there and a lost cache, everything can be forgotten', async (what) => {
    for (let number = 0; ; number += 1) {
      const { fixture, account } = await withTrash()
      const was = await killedAt(fixture, number, () => changes[what]?.(fixture, account) ?? Promise.reject(new Error()))
      expect(unlisted(fixture), `killed at call ${number}`).toEqual([])
      fixture.disk.full = false
      fixture.remote.after = () => undefined
      fixture.disk.erase()
      await fixture.restart()
      fixture.remote.endSessions()
      goneForGood(fixture)
      for (const { id } of fixture.opened.cache.accounts()) await signOut(fixture.opened, id, true)
      expect([...fixture.keychain.items.keys()].filter((item) => item.startsWith('value/'))).toEqual([])
      if (!was) return expect(number).toBeGreaterThan(1)
    }
  })

  it('or is not stored there: if the index cannot be written, the value stays sealed in the cache', async () => {
    const { fixture, account } = await remoteVault()
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('listed/') ? 'locked' : null)
    expect(await createKey(fixture.opened, account.id, 'ci')).toMatchObject({ value: 'sealed' })
    fixture.keychain.failing = () => null
    await fixture.vault.resume()
    expect(listKeys(fixture.opened, account.id).keys).toMatchObject([{ value: 'here' }])
    expect(unlisted(fixture)).toEqual([])
  })

  it('with one write for each value, and none while nothing changes', async () => {
    const { fixture, account } = await localVault()
    const writes = (): number => fixture.keychain.calls.filter((call) => /^write (listed|stored|value)\//.test(call)).length
    let before = writes()
    await createKey(fixture.opened, account.id, 'ci')
    expect(writes() - before).toBe(2)
    await fixture.restart()
    before = writes()
    await fixture.vault.resume()
    await refreshKeys(fixture.opened, account.id)
    expect(writes() - before).toBe(0)
    await storeValues(
      fixture.opened,
      Array.from({ length: 200 }, (_, at) => ({ name: `value-${at}`, value: new Secret(`secret-${at}`) })),
    )
    expect(writes() - before).toBe(200 + 10)
    const stored = fixture.opened.cache.accounts().find(({ method }) => method === 'values')?.id ?? ''
    before = writes()
    const { id, name } = listKeys(fixture.opened, stored).keys[0] ?? { id: '', name: '' }
    await deleteKey(fixture.opened, stored, id, name)
    expect(writes() - before).toBe(1)
  })
})

describe('a profile of an earlier version without an index', () => {
  it('opens, and has an index from then on', async () => {
    const { fixture, account, kept, gone } = await withTrash()
    dropIndex(fixture)
    await fixture.restartAndResume()
    expect([fixture.opened.readOnly, unlisted(fixture)]).toEqual([null, []])
    expect(listKeys(fixture.opened, account.id)).toMatchObject({ keys: [{ id: kept.key.id }], trash: [{ id: gone.key.id }] })
    await loseCache(fixture)
    goneForGood(fixture)
    await signOut(fixture.opened, account.id, true)
    expect(itemsWith(fixture, account)).toEqual([])
  })

  it('that loses its cache before it has one is forgotten only after the server has listed its keys', async () => {
    const { fixture, account, kept } = await withTrash()
    dropIndex(fixture)
    await loseCache(fixture)
    fixture.remote.endSessions()
    expect(await codeRejected(signOut(fixture.opened, account.id, true))).toBe('session-ended')
    expect(fixture.keychain.items.has(items.value(account.id, kept.key.id))).toBe(true)
    await signIn(fixture.opened, server, byEmail)
    await signOut(fixture.opened, account.id, true)
    expect(fixture.keychain.items.has(items.value(account.id, kept.key.id))).toBe(false)
  })
})

describe('an index of several pages', () => {
  it('keeps every entry, whichever values are removed and added', async () => {
    const fixture = await openVaultFixture()
    const named = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ name: `value-${from + at}`, value: new Secret(`secret-${from + at}`) }))
    const account = await storeValues(fixture.opened, named(0, 70))
    for (const at of [...Array.from({ length: 21 }, (_, page) => 21 + page), 3, 69]) {
      const { id, name } = listKeys(fixture.opened, account.id).keys.find((key) => key.name === `value-${at}`) ?? { id: '', name: '' }
      await deleteKey(fixture.opened, account.id, id, name)
      expect(unlisted(fixture)).toEqual([])
    }
    await storeValues(fixture.opened, named(70, 75))
    const names = (): string[] =>
      listKeys(fixture.opened, account.id)
        .keys.map(({ name }) => name)
        .sort()
    const before = names()
    await loseCache(fixture)
    expect([names(), before.length]).toEqual([before, 52])
    expect(itemsWith(fixture, account).filter((item) => item.startsWith('stored/'))).toHaveLength(3)
  })
})
