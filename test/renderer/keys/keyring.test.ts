import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Key, KeyList } from '../../../preload/contract.ts'
import { Keyring } from '../../../renderer/keys/keyring.svelte.ts'

const account = '1'.repeat(16)

function key(name: string, place: number, facts: Partial<Key> = {}): Key {
  return {
    id: place.toString(16).padStart(24, '0'),
    name,
    enabled: true,
    createdAt: place * 1000,
    lastFour: null,
    value: 'here',
    ...facts,
  }
}

const a = key('a', 1)
const b = key('b', 2)
const c = key('c', 3)

function listOf(keys: Key[], facts: Partial<KeyList> = {}): KeyList {
  return { accountId: account, keys, limit: 20, syncedAt: 0, trouble: null, unsettled: [], ...facts }
}

const calls: Record<string, ReturnType<typeof vi.fn>> = {}
let tell: (list: KeyList) => void

beforeEach(() => {
  for (const name of ['keys.list', 'keys.sync']) {
    calls[name] = vi.fn().mockResolvedValue({ ok: true, value: listOf([a, b, c]) })
  }
  const events = {
    'keys.changed': (heard: typeof tell) => {
      tell = heard
      return () => undefined
    },
  }
  vi.stubGlobal('window', { latchkey: { calls, events } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

async function opened(): Promise<Keyring> {
  const keyring = new Keyring(account)
  keyring.open()
  await vi.waitFor(() => expect(keyring.syncing || keyring.list === null).toBe(false))
  return keyring
}

describe('a keyring', () => {
  it('shows the cache before the server has answered, and chooses the first key', async () => {
    calls['keys.sync']?.mockReturnValue(new Promise(() => undefined))
    const keyring = new Keyring(account)
    keyring.open()
    await vi.waitFor(() => expect(keyring.list).not.toBeNull())
    expect(keyring.syncing).toBe(true)
    expect(keyring.chosen).toEqual(a)
  })

  it('does not take the list of another account', async () => {
    const keyring = await opened()
    tell(listOf([key('foreign', 9)], { accountId: '2'.repeat(16) }))
    expect(keyring.shown).toEqual([a, b, c])
  })

  it('tells a list that cannot be read from an empty one', async () => {
    calls['keys.list']?.mockResolvedValue({ ok: false, code: 'profile-corrupt' })
    const keyring = new Keyring(account)
    await keyring.load()
    expect([keyring.list, keyring.refusal]).toEqual([null, 'profile-corrupt'])
  })

  it('keeps what it has when a sync is refused', async () => {
    const keyring = await opened()
    calls['keys.sync']?.mockResolvedValue({ ok: false, code: 'signed-out' })
    await keyring.sync()
    expect(keyring.shown).toEqual([a, b, c])
    expect(keyring.refusal).toBe('signed-out')
  })

  it('moves to the next key when the chosen one is deleted, and to the one before at the end', async () => {
    calls['keys.delete'] = vi.fn().mockResolvedValue({ ok: true, value: null })
    const keyring = await opened()
    keyring.chosenId = b.id
    await keyring.remove(b.id, 'b')
    expect(keyring.chosen).toEqual(c)
    await keyring.remove(c.id, 'c')
    expect(keyring.chosen).toEqual(a)
  })

  it('moves on in the same way when main’s event is faster than its answer', async () => {
    const keyring = await opened()
    keyring.chosenId = b.id
    calls['keys.delete'] = vi.fn().mockImplementation(() => {
      tell(listOf([a, c]))
      return Promise.resolve({ ok: true, value: null })
    })
    await keyring.remove(b.id, 'b')
    expect(keyring.chosen).toEqual(c)
  })

  it('keeps a key that the server refused to delete', async () => {
    calls['keys.delete'] = vi.fn().mockResolvedValue({ ok: false, code: 'name-mismatch' })
    const keyring = await opened()
    await expect(keyring.remove(b.id, 'B')).rejects.toMatchObject({ code: 'name-mismatch' })
    expect(keyring.shown).toEqual([a, b, c])
  })

  it('shows a key as main answers it, once', async () => {
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: { ...b, enabled: false } })
    const keyring = await opened()
    await keyring.setEnabled(b.id, false)
    expect(keyring.shown.map(({ name, enabled }) => `${name} ${enabled}`)).toEqual(['a true', 'b false', 'c true'])
  })

  it('steps through what is shown and stops at both ends', async () => {
    const keyring = await opened()
    const visited = [1, 1, 1, -Infinity, -1, Infinity].map((places) => {
      keyring.step(places)
      return keyring.chosen?.name
    })
    expect(visited).toEqual(['b', 'c', 'c', 'a', 'a', 'c'])
  })

  it('asks by id for what reads like an id, and by name for the rest', async () => {
    calls['keys.lookUp'] = vi.fn().mockResolvedValue({ ok: true, value: a })
    const keyring = await opened()
    await keyring.lookUp('65F0C0FFEE00000000000001')
    await keyring.lookUp('backup')
    expect(calls['keys.lookUp'].mock.calls).toEqual([
      [{ by: 'id', id: '65f0c0ffee00000000000001' }],
      [{ by: 'name', name: 'backup' }],
    ])
  })
})
