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
import { byEmail, dropIndex, type House, localHouse, newKey, openHouse, remoteHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

const day = 24 * 60 * 60 * 1000

/** An account with the value of a key, and in the trash the value of another one that somebody deleted elsewhere. */
async function withTrash() {
  const found = await remoteHouse()
  const { house, account, elsewhere } = found
  const kept = await newKey(house, account, 'kept')
  const gone = await newKey(house, account, 'gone')
  await elsewhere.delete(gone.key.id)
  await refreshKeys(house.opened, account.id)
  return { ...found, kept, gone }
}

async function loseCache(house: House): Promise<void> {
  house.vault.lock()
  house.disk.erase()
  await house.restart()
}

/** A server that is gone for good: no call reaches it. */
function goneForGood(house: House): void {
  house.remote.before = (call) => unreachable(call)(call)
}

/** The values in the keychain that no index names. */
function unlisted(house: House): string[] {
  const pages = [...house.keychain.items].filter(([item]) => /^(listed|stored)\//.test(item))
  const listed = pages.flatMap(([item, text]) => text.split('\n').map((line) => `value/${item.split('/')[1]}/${line.slice(0, 24)}`))
  return [...house.keychain.items.keys()].filter((item) => item.startsWith('value/') && !listed.includes(item))
}

/** What the keychain has of an account, its session's token aside. */
const itemsWith = (house: House, { id }: Pick<Account, 'id'>): string[] =>
  [...house.keychain.items.keys()].filter((item) => item.includes(id) && !item.startsWith('session/'))

describe('after a lost cache', () => {
  // Its values in the trash stayed in the keychain, unlisted for ever; and it could not be forgotten without a session.
  it('an account whose session is dead and whose server is gone is forgotten with every value it has, also those in the trash', async () => {
    const { house, account } = await withTrash()
    await loseCache(house)
    house.remote.endSessions()
    goneForGood(house)
    expect(await signOut(house.opened, account.id, true)).toEqual({ revoked: false })
    expect(new Set([...house.keychain.items.keys(), items.journalHead])).toEqual(new Set([items.canary, items.root, items.journalHead]))
    expect(house.opened.cache.accounts()).toEqual([])
  })

  it('the same holds for an account that never had a value', async () => {
    const { house, account } = await remoteHouse()
    await loseCache(house)
    goneForGood(house)
    await signOut(house.opened, account.id, true)
    expect(itemsWith(house, account)).toEqual([])
  })

  it('the values of a server that cannot be reached are listed, and can be had as text', async () => {
    const { house, account, kept, gone } = await withTrash()
    await loseCache(house)
    goneForGood(house)
    await house.vault.resume()
    const { keys } = listKeys(house.opened, account.id)
    expect(keys.map(({ id, name, value }) => [id, name, value]).sort()).toEqual(
      [kept, gone].map(({ key }) => [key.id, key.name, 'here']).sort(),
    )
    expect((await release(house.opened, account.id, gone.key.id, { purpose: 'reveal' })).expose()).toBe(gone.value)
  })

  it.each([
    ['at once', (house: House) => house.vault.resume()],
    ['before anything else was looked for', () => Promise.resolve()],
  ])('values in the trash are in the trash again, and go after their time (listed %s)', async (_, before) => {
    const { house, account, elsewhere, kept, gone } = await withTrash()
    await elsewhere.disable(kept.key.id)
    await loseCache(house)
    await before(house)
    await refreshKeys(house.opened, account.id)
    const listing = listKeys(house.opened, account.id)
    expect(listing.keys).toMatchObject([{ id: kept.key.id, value: 'here', enabled: false }])
    expect(listing.trash).toMatchObject([{ id: gone.key.id, name: 'gone', goneAt: house.now, purgedAt: house.now + 30 * day }])
    expect(listing.news.map(({ what }) => what)).toEqual(['cache-rebuilt'])
    house.run(31 * day)
    await refreshKeys(house.opened, account.id)
    expect(itemsWith(house, account).filter((item) => item.startsWith('value/'))).toEqual([items.value(account.id, kept.key.id)])
    expect(unlisted(house)).toEqual([])
  })

  it('values in the trash move with the vault into another keychain', async () => {
    const { house, account, gone } = await withTrash()
    await loseCache(house)
    await requireAllValuesKnown(house.opened)
    expect(itemsOf(house.opened)).toContain(items.value(account.id, gone.key.id))
  })

  it('a value in a keyring that is locked is looked for again at the next list', async () => {
    const { house, account, gone } = await withTrash()
    await loseCache(house)
    house.keychain.failing = (_, item) => (item === items.value(account.id, gone.key.id) ? 'locked' : null)
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).trash).toEqual([])
    house.keychain.failing = () => null
    await refreshKeys(house.opened, account.id)
    expect(listKeys(house.opened, account.id).trash).toMatchObject([{ name: 'gone' }])
  })

  it.each([
    ['written over', () => 'nothing that Latchkey wrote'],
    ['in part', (text: string) => text.replace(/^.*gone$/m, 'damaged')],
  ])('a damaged index opens the vault read-only, and its repair keeps what can be read (%s)', async (_, damage) => {
    const { house, account, kept, gone } = await withTrash()
    const page = items.listedPage(account.id, 0)
    const damaged = damage(house.keychain.items.get(page) ?? '')
    house.keychain.items.set(page, damaged)
    await loseCache(house)
    expect([house.vault.closed, house.opened.readOnly]).toEqual([null, 'keychain-damaged'])
    await house.vault.resume()
    expect(house.keychain.items.get(page)).toBe(damaged)
    await house.vault.repair()
    expect([house.vault.closed, house.opened.readOnly]).toEqual([null, null])
    // What the damage took is not known, so nothing is forgotten before the server was asked.
    goneForGood(house)
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('server-unreachable')
    house.remote.before = () => undefined
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys).toMatchObject([{ id: kept.key.id, value: 'here' }])
    expect(house.keychain.items.get(items.listedPageAside(account.id, 0))).toBe(damaged)
    expect(unlisted(house)).toEqual([items.value(account.id, gone.key.id)]) // its entry was in the damaged part
  })
})

describe('a value in the keychain is listed there', () => {
  const changes: Record<string, (house: House, account: Account) => Promise<unknown>> = {
    'a creation': (house, account) => createKey(house.opened, account.id, 'made'),
    'a creation on a full disk': (house, account) => {
      house.remote.after = (call) => {
        if (call === 'create') house.disk.full = true
      }
      return createKey(house.opened, account.id, 'made')
    },
    'a value that is added': async (house, account) => {
      const elsewhere = house.servers.of({ id: 'elsewhere', server })
      const made = await elsewhere.create('added')
      await refreshKeys(house.opened, account.id)
      await addValue(house.opened, account.id, made.key.id, made.value)
    },
    'a deletion': (house, account) => {
      const { id, name } = listKeys(house.opened, account.id).keys[0] ?? { id: '', name: '' }
      return deleteKey(house.opened, account.id, id, name)
    },
    'a value in the trash that is removed': (house, account) =>
      purgeTrashedValue(house.opened, account.id, listKeys(house.opened, account.id).trash[0]?.id ?? ''),
    'an import': (house) => storeValues(house.opened, [{ name: 'stored', value: new Secret('stored-value-0123456789') }]),
    'an account that is forgotten': (house, account) => signOut(house.opened, account.id, true),
    'a second account': async (house) => {
      const { id } = await signIn(house.opened, server, { method: 'anonymous' })
      await createKey(house.opened, id, 'second')
    },
  }

  /** Does `change` until the keychain's call of this number, which never ends. @returns whether there is such a call */
  async function killedAt(house: House, number: number, change: () => Promise<unknown>): Promise<boolean> {
    let calls = 0
    const killed = new Promise<true>((resolve) => {
      house.keychain.failing = () => {
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
    house.keychain.failing = () => null
    return was
  }

  it.each(Object.keys(changes))(
    'at each moment of %s; killed there and with the cache lost too, all of it can be forgotten',
    async (what) => {
      for (let number = 0; ; number += 1) {
        const { house, account } = await withTrash()
        const was = await killedAt(house, number, () => changes[what]?.(house, account) ?? Promise.reject(new Error()))
        expect(unlisted(house), `killed at call ${number}`).toEqual([])
        house.disk.full = false
        house.remote.after = () => undefined
        house.disk.erase()
        await house.restart()
        house.remote.endSessions()
        goneForGood(house)
        for (const { id } of house.opened.cache.accounts()) await signOut(house.opened, id, true)
        expect([...house.keychain.items.keys()].filter((item) => item.startsWith('value/'))).toEqual([])
        if (!was) return expect(number).toBeGreaterThan(1)
      }
    },
  )

  it('or is not put there: where the index cannot be written, it waits in the cache', async () => {
    const { house, account } = await remoteHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('listed/') ? 'locked' : null)
    expect(await createKey(house.opened, account.id, 'ci')).toMatchObject({ value: 'sealed' })
    house.keychain.failing = () => null
    await house.vault.resume()
    expect(listKeys(house.opened, account.id).keys).toMatchObject([{ value: 'here' }])
    expect(unlisted(house)).toEqual([])
  })

  it('at the price of one write to the keychain for each, and none while nothing changes', async () => {
    const { house, account } = await localHouse()
    const writes = (): number => house.keychain.calls.filter((call) => /^write (listed|stored|value)\//.test(call)).length
    let before = writes()
    await createKey(house.opened, account.id, 'ci')
    expect(writes() - before).toBe(2)
    await house.restart()
    before = writes()
    await house.vault.resume()
    await refreshKeys(house.opened, account.id)
    expect(writes() - before).toBe(0)
    await storeValues(
      house.opened,
      Array.from({ length: 200 }, (_, at) => ({ name: `value-${at}`, value: new Secret(`secret-${at}`) })),
    )
    expect(writes() - before).toBe(200 + 10)
    const stored = house.opened.cache.accounts().find(({ method }) => method === 'values')?.id ?? ''
    before = writes()
    const { id, name } = listKeys(house.opened, stored).keys[0] ?? { id: '', name: '' }
    await deleteKey(house.opened, stored, id, name)
    expect(writes() - before).toBe(1)
  })
})

describe('a profile of an earlier version, which has no index', () => {
  it('opens as before, and has one from then on', async () => {
    const { house, account, kept, gone } = await withTrash()
    dropIndex(house)
    await house.restart()
    await house.vault.resume()
    expect([house.opened.readOnly, unlisted(house)]).toEqual([null, []])
    expect(listKeys(house.opened, account.id)).toMatchObject({ keys: [{ id: kept.key.id }], trash: [{ id: gone.key.id }] })
    await loseCache(house)
    goneForGood(house)
    await signOut(house.opened, account.id, true)
    expect(itemsWith(house, account)).toEqual([])
  })

  it('and whose cache is lost before it has one is forgotten only once the server has named its keys', async () => {
    const { house, account, kept } = await withTrash()
    dropIndex(house)
    await loseCache(house)
    house.remote.endSessions()
    expect(await codeRejected(signOut(house.opened, account.id, true))).toBe('session-ended')
    expect(house.keychain.items.has(items.value(account.id, kept.key.id))).toBe(true)
    await signIn(house.opened, server, byEmail)
    await signOut(house.opened, account.id, true)
    expect(house.keychain.items.has(items.value(account.id, kept.key.id))).toBe(false)
  })
})

describe('an index of several pages', () => {
  it('keeps every entry, whichever values are removed and added', async () => {
    const house = await openHouse()
    const named = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ name: `value-${from + at}`, value: new Secret(`secret-${from + at}`) }))
    const account = await storeValues(house.opened, named(0, 70))
    for (const at of [...Array.from({ length: 21 }, (_, page) => 21 + page), 3, 69]) {
      const { id, name } = listKeys(house.opened, account.id).keys.find((key) => key.name === `value-${at}`) ?? { id: '', name: '' }
      await deleteKey(house.opened, account.id, id, name)
      expect(unlisted(house)).toEqual([])
    }
    await storeValues(house.opened, named(70, 75))
    const names = (): string[] =>
      listKeys(house.opened, account.id)
        .keys.map(({ name }) => name)
        .sort()
    const before = names()
    await loseCache(house)
    expect([names(), before.length]).toEqual([before, 52])
    expect(itemsWith(house, account).filter((item) => item.startsWith('stored/'))).toHaveLength(3)
  })
})
