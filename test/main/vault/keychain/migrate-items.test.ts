import { describe, expect, it } from 'vitest'
import { itemsOf, MovableKeychain, migrateItems } from '../../../../main/vault/keychain/migrate-items.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { ValueIndexes } from '../../../../main/vault/keychain/value-indexes.ts'
import { account, key, local, record, sealed } from '../../ports/cache-records.ts'
import { MemoryDisk } from '../../fakes/cache.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { codeRejected } from '../fixtures/refused.ts'

const all = { root: 'the root key', local: 'the sign-in', 'session/a': 'a token', 'value/a/1': 'one', 'value/a/2': 'two' }
const names = [...Object.keys(all), 'canary', 'value/a/3']

/** Two keychains, the first with everything, and which of them the profile names. */
class Move {
  readonly from = new MemoryKeychain()
  readonly to = new MemoryKeychain()
  named: 'from' | 'to' = 'from'

  constructor() {
    for (const [name, text] of Object.entries(all)) this.from.items.set(name, text)
  }

  run(): Promise<string[]> {
    return migrateItems(this.from, this.to, names, () => void (this.named = 'to'))
  }

  /** What the keychain that the profile does not name contains. */
  get other(): Record<string, string> {
    return textsIn(this.named === 'from' ? this.to : this.from)
  }

  get current(): Record<string, string> {
    return textsIn(this[this.named])
  }

  /** Ends the process before its call of this number, counted over both keychains. @returns false if there was no such call */
  async killedAt(number: number): Promise<boolean> {
    let calls = 0
    const killed = new Promise<true>((resolve) => {
      const next = (): Promise<never> | null => {
        if (calls++ !== number) return null
        resolve(true)
        return new Promise(() => {})
      }
      this.from.failing = next
      this.to.failing = next
    })
    return Promise.race([killed, this.run().then(() => false as const)])
  }
}

const textsIn = (keychain: MemoryKeychain): Record<string, string> => Object.fromEntries(keychain.items)

describe('the items of a vault', () => {
  it('are its own, those of each account, and the value of each key, including gone and sealed ones', async () => {
    const cache = new MemoryDisk().open(key)
    const gone = { ...record, id: '64a000000000000000000003', value: 'elsewhere' as const, goneAt: 5 }
    cache.commit([
      ...[account, local].map((one) => ({ op: 'put-account' as const, account: one })),
      ...[record, sealed, gone].map((one) => ({ op: 'put-key' as const, key: one })),
    ])
    const unknown = '64a000000000000000000009' // only in the index, because the cache was lost
    const values = [...[record, sealed, gone].map(({ id }) => id), unknown].map((id) => `value/a0/${id}`)
    const accounts = ['a0', 'a1'].flatMap((id) => [`account/${id}`, `session/${id}`, `listed/${id}/0`])
    const valueIndexes = new ValueIndexes(new MemoryKeychain())
    for (const one of cache.accounts()) await valueIndexes.list(one, [], true)
    await valueIndexes.list(account, [{ id: unknown, name: 'unknown' }])
    const named = itemsOf({ cache, valueIndexes }).filter((item) => !item.startsWith('listed-aside/'))
    expect(named.sort()).toEqual(
      [
        'root',
        'root-aside',
        'canary',
        'trial',
        'journal-head',
        'local',
        'sign-ins',
        'accounts',
        'accounts-aside',
        ...accounts,
        ...values,
      ].sort(),
    )
  })
})

describe('a move from one keychain to another', () => {
  it('moves every item, and removes them from the first keychain', async () => {
    const move = new Move()
    expect(await move.run()).toEqual([])
    expect([move.named, move.current, move.other]).toEqual(['to', all, {}])
  })

  it('switches once everything was read back, and removes nothing before', async () => {
    const move = new Move()
    let before: [Record<string, string>, Record<string, string>] | null = null
    await migrateItems(move.from, move.to, names, () => (before = [textsIn(move.from), textsIn(move.to)]))
    expect(before).toEqual([all, all])
    const calls = move.to.calls
    const lastWrite = calls.map((call) => call.startsWith('write')).lastIndexOf(true)
    expect(calls.slice(lastWrite + 1).sort()).toEqual(
      Object.keys(all)
        .map((name) => `read ${name}`)
        .sort(),
    )
  })

  it('killed at any call leaves everything in the keychain that is named, and the next try completes it', async () => {
    let number = 0
    const named = new Set<string>()
    for (; ; number += 1) {
      const move = new Move()
      if (!(await move.killedAt(number))) break
      named.add(move.named)
      expect(move.current, `killed at call ${number}`).toEqual(all)
      if (move.named === 'to') continue
      move.from.failing = move.to.failing = () => null
      expect(await move.run()).toEqual([])
      expect([move.current, move.other]).toEqual([all, {}])
    }
    expect([number, [...named]]).toEqual([names.length + 1 + 5 * Object.keys(all).length, ['from', 'to']])
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'that fails because a keychain is %s switches nothing and leaves no copies',
    async (failure) => {
      for (const [side, call, name] of [
        ['from', 'read', 'root'],
        ['from', 'read', 'value/a/2'],
        ['to', 'write', 'root'],
        ['to', 'write', 'value/a/2'],
        ['to', 'read', 'session/a'],
      ] as const) {
        const move = new Move()
        move[side].failing = (asked, item) => (asked === call && item === name ? failure : null)
        expect(await codeRejected(move.run()), `${side} ${call} ${name}`).toBe(`keychain-${failure}`)
        expect([move.named, move.current, move.other]).toEqual(['from', all, {}])
      }
    },
  )

  it('fails on an item that is too large for the other keychain', async () => {
    const move = new Move()
    move.from.items.set('value/a/3', 'x'.repeat(3000))
    move.to.limit = 2560
    expect(await codeRejected(move.run())).toBe('value-too-large')
    expect([move.named, move.current, move.other]).toEqual(['from', { ...all, 'value/a/3': 'x'.repeat(3000) }, {}])
  })

  it('fails on a keychain that forgets a value, or returns another one later', async () => {
    const forgetful = new Move()
    forgetful.to.forgetful = true
    expect(await codeRejected(forgetful.run())).toBe('keychain-mismatch')
    for (const spoil of [
      (move: Move) => move.to.items.set('root', 'another'),
      (move: Move) => move.to.items.delete('root'),
      (move: Move) => move.from.items.set('root', 'another'),
    ]) {
      const move = new Move()
      move.to.failing = (call, item) => {
        if (call === 'read' && item === 'value/a/2') spoil(move)
        if (call === 'write' && item === 'value/a/2') spoil(move)
        return null
      }
      expect(await codeRejected(move.run())).toBe('keychain-mismatch')
      expect([move.named, move.other]).toEqual(['from', {}])
    }
  })

  it('removes what a failed write may have left', async () => {
    const move = new Move()
    move.to.failing = (call, item) => {
      if (call !== 'write' || item !== 'value/a/1') return null
      move.to.items.set(item, 'one')
      return 'timeout'
    }
    expect(await codeRejected(move.run())).toBe('keychain-timeout')
    expect([move.named, move.other]).toEqual(['from', {}])
  })

  it('is not committed without the root key, because the profile would name a keychain without the vault', async () => {
    const move = new Move()
    move.from.items.delete('root')
    const rest = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'root'))
    for (const [name, text] of Object.entries(all)) move.to.items.set(name, text)
    expect(await codeRejected(move.run())).toBe('keychain-reset')
    expect([move.named, move.current, move.other]).toEqual(['from', rest, all]) // the other one's items may be the vault
  })

  it('whose commit throws leaves everything in both, because it is unknown which one is named', async () => {
    const move = new Move()
    const moved = migrateItems(move.from, move.to, names, () => {
      throw new Error('the profile cannot be written')
    })
    await expect(moved).rejects.toThrow('the profile cannot be written')
    expect([textsIn(move.from), textsIn(move.to)]).toEqual([all, all])
  })

  it('reports the items that the first keychain does not remove, and succeeds', async () => {
    const move = new Move()
    move.from.failing = (call, item) => (call === 'remove' && item.startsWith('value/') ? 'denied' : null)
    expect(await move.run()).toEqual(['value/a/1', 'value/a/2'])
    expect([move.named, move.current, move.other]).toEqual(['to', all, { 'value/a/1': 'one', 'value/a/2': 'two' }])
  })

  it('overwrites what an earlier move left, and leaves alone what only the other keychain has', async () => {
    const move = new Move()
    move.to.items.set('session/a', 'an old token')
    move.to.items.set('value/a/3', 'the last copy')
    expect(await move.run()).toEqual([])
    expect(move.current).toEqual({ ...all, 'value/a/3': 'the last copy' })
  })
})

describe('a keychain whose items move', () => {
  /** A keychain during a move, held before the other keychain has taken the first item. */
  async function moving() {
    const [from, to] = [new MemoryKeychain(), new MemoryKeychain()]
    const keychain = new MovableKeychain(from)
    await keychain.write('root', new Secret('the root key'))
    let goOn = (): void => {}
    const held = new Promise<null>((resolve) => (goOn = () => resolve(null)))
    to.failing = (call) => (call === 'write' ? held : null)
    const moved = keychain.move(
      to,
      () => ['root'],
      () => {},
    )
    return { from, to, keychain, moved, goOn }
  }

  it('delays calls during the move, and writes nothing where nobody would look for it', async () => {
    const { from, to, keychain, moved, goOn } = await moving()
    const calls = [keychain.read('root'), keychain.write('value/a/1', new Secret('one')), keychain.remove('value/a/1')]
    goOn()
    expect(await moved).toEqual([])
    expect((await Promise.all(calls)).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok'])
    expect([textsIn(from), textsIn(to)]).toEqual([{}, { root: 'the root key' }])
    expect(from.calls).not.toContain('write value/a/1')
  })

  it('finishes calls in progress before it moves, and takes along what they wrote', async () => {
    const [from, to] = [new MemoryKeychain(), new MemoryKeychain()]
    const keychain = new MovableKeychain(from)
    await keychain.write('root', new Secret('the root key'))
    const written = keychain.write('session/new', new Secret('a token'))
    expect(
      await keychain.move(
        to,
        () => [],
        () => {},
      ),
    ).toEqual([])
    expect(await written).toEqual({ outcome: 'ok' })
    expect([textsIn(from), textsIn(to)]).toEqual([{}, { root: 'the root key', 'session/new': 'a token' }])
  })

  it('stays with the first one if the move fails', async () => {
    const [from, to] = [new MemoryKeychain(), new MemoryKeychain()]
    const keychain = new MovableKeychain(from)
    await keychain.write('root', new Secret('the root key'))
    to.failure = 'locked'
    expect(
      await codeRejected(
        keychain.move(
          to,
          () => ['root'],
          () => {},
        ),
      ),
    ).toBe('keychain-locked')
    await keychain.write('value/a/1', new Secret('one'))
    expect([textsIn(from), textsIn(to)]).toEqual([{ root: 'the root key', 'value/a/1': 'one' }, {}])
  })
})
