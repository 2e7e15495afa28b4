import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { OsWithPassphrase } from '../../../main/keychain/os-with-passphrase.ts'
import { PendingRemovals } from '../../../main/keychain/pending-removals.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import { MovableKeychain } from '../../../main/vault/keychain/migrate-items.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { passphrase } from './passphrase/passphrase-vaults.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const names = ['root', 'session/a', 'value/a/1']

describe('items that a move leaves in the OS keychain', () => {
  let folder: string
  let path: string
  let os: MemoryKeychain
  let left: PendingRemovals
  beforeEach(() => {
    folder = temporaryFolder('latchkey-left-')
    path = join(folder, 'left-in-keychain.json')
    os = new MemoryKeychain()
    for (const name of names) os.items.set(name, `the ${name}`)
    left = new PendingRemovals(path)
  })

  function guarded(): Promise<OsWithPassphrase> {
    return OsWithPassphrase.make({
      path: join(folder, 'passphrase-guard'),
      profileId: '0123456789abcdef',
      inner: os,
      passphrase,
      cost: minCost,
    })
  }

  function move(to: MemoryKeychain | OsWithPassphrase, commit = (): void => {}): Promise<void> {
    const into = to instanceof OsWithPassphrase ? to : 'passphrase'
    return left.move(new MovableKeychain(os), 'os', { to, into }, () => names, commit)
  }

  const bare = (): string[] => names.filter((name) => os.items.has(name))

  it('are none if the keychain removes all, and then no list remains', async () => {
    await move(new MemoryKeychain())
    expect([bare(), existsSync(path), left.hasUnsealed, left.wasRefused]).toEqual([[], false, false, false])
  })

  // A process that ended between the commit and the last item used to leave the remaining items unsealed for good.
  it.each([0, 1, 2])('are removed by the next process if this one ended before item %i', async (number) => {
    const committed = new Promise<void>((resolve) => {
      let count = 0
      os.failing = (call) => (call === 'remove' && count++ === number ? (resolve(), new Promise(() => {})) : null)
    })
    void move(new MemoryKeychain())
    await committed
    os.failing = () => null
    expect(bare()).toHaveLength(names.length - number)
    const next = new PendingRemovals(path)
    expect([next.hasUnsealed, next.wasRefused]).toEqual([true, false])
    await next.remove(os, 'passphrase', () => [])
    expect([bare(), existsSync(path), next.hasUnsealed]).toEqual([[], false, false])
  })

  // A process that ended while it copied left what it had copied in the OS keychain for good: unsealed, if a passphrase was to go.
  describe.each([0, 1, 2])('if this process ended while it copied item %i into the OS keychain', (number) => {
    async function endedIn(begin: () => Promise<void>): Promise<PendingRemovals> {
      const killed = new Promise<void>((resolve) => {
        let count = 0
        os.failing = (call) => (call === 'write' && count++ === number ? (resolve(), new Promise(() => {})) : null)
      })
      void begin()
      await killed
      os.failing = () => null
      return new PendingRemovals(path)
    }

    it('are the sealed copies, when a passphrase was to be added', async () => {
      const to = await guarded()
      await (await endedIn(() => move(to))).remove(os, 'os', () => [])
      expect([[...os.items.keys()], existsSync(path)]).toEqual([names, false])
    })

    it('are the copies in the other slot, when the passphrase was to be changed', async () => {
      const from = await guarded()
      await move(from)
      const to = await from.renewed(new Secret('another long enough passphrase'), minCost)
      const change = (): Promise<void> => left.move(new MovableKeychain(from), from, { to, into: to }, () => names, expect.unreachable)
      await (await endedIn(change)).remove(os, from, () => [])
      expect([[...os.items.keys()], existsSync(path)]).toEqual([names.map((name) => from.nameOf(name)), false])
    })

    it('are the unsealed copies, when the passphrase on top was to be removed', async () => {
      const from = await guarded()
      await move(from)
      const useOs = (): Promise<void> => left.move(new MovableKeychain(from), from, { to: os, into: 'os' }, () => names, expect.unreachable)
      await (await endedIn(useOs)).remove(os, from, () => [])
      expect([bare(), existsSync(path)]).toEqual([[], false])
    })

    it('are the unsealed copies, when the file under a passphrase was to be left', async () => {
      const file = new MemoryKeychain()
      for (const name of names) {
        file.items.set(name, os.items.get(name) ?? '')
        os.items.delete(name)
      }
      const useOs = (): Promise<void> =>
        left.move(new MovableKeychain(file), 'passphrase', { to: os, into: 'os' }, () => names, expect.unreachable)
      await (await endedIn(useOs)).remove(os, 'passphrase', () => [])
      expect([bare(), existsSync(path)]).toEqual([[], false])
    })
  })

  it('are reported while the keychain refuses to remove them, with one prompt each time', async () => {
    os.failing = (call) => (call === 'remove' ? 'locked' : null)
    const to = await guarded()
    await move(to)
    expect([bare(), left.wasRefused]).toEqual([names, true])
    os.calls.length = 0
    await left.remove(os, to, () => [])
    expect([os.calls, left.wasRefused]).toEqual([['remove root'], true])
    os.failing = () => null
    await left.remove(os, to, () => [])
    expect([bare(), [...os.items.keys()], left.wasRefused]).toEqual([[], names.map((name) => to.nameOf(name)), false])
  })

  it('are removed as far as possible if one item is denied', async () => {
    os.failing = (call, item) => (call === 'remove' && item === 'root' ? 'denied' : null)
    await move(new MemoryKeychain())
    await left.remove(os, 'passphrase', () => [])
    expect([bare(), left.wasRefused]).toEqual([['root'], true])
  })

  it('are not removed if the vault uses them: after a move that was not committed, or was reversed', async () => {
    await expect(
      move(await guarded(), () => {
        throw new Error('the profile cannot be written')
      }),
    ).rejects.toThrow('the profile cannot be written')
    expect(existsSync(path)).toBe(true)
    await left.remove(os, 'guarded', () => names) // locked: the slot is unknown
    expect(bare()).toEqual(names)
    await left.remove(os, 'os', () => names)
    expect([bare(), existsSync(path), left.wasRefused]).toEqual([names, false, false])
  })

  it('include items sealed under the previous passphrase, which are not reported', async () => {
    const from = await guarded()
    await move(from)
    const to = await from.renewed(new Secret('another long enough passphrase'), minCost)
    os.failing = (call) => (call === 'remove' ? 'unavailable' : null)
    await left.move(
      new MovableKeychain(from),
      from,
      { to, into: to },
      () => names,
      () => {},
    )
    expect([os.items.size, left.wasRefused]).toEqual([2 * names.length, false])
    os.failing = () => null
    await left.remove(os, to, () => [])
    expect([...os.items.keys()]).toEqual(names.map((name) => to.nameOf(name)))
  })

  it('are searched among the known items if the list is damaged', async () => {
    writeFileSync(path, '["root"')
    expect(left.hasUnsealed).toBe(true)
    await left.remove(os, 'passphrase', () => names)
    expect([bare(), existsSync(path)]).toEqual([[], false])
  })
})
