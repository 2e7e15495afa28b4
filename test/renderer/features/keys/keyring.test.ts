import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KeyList } from '../../../../preload/contract.ts'
import { Keyring } from '../../../../renderer/features/keys/keyring.svelte.ts'
import { accountId, change, key, listOf } from './samples.ts'

const a = key('a', 1)
const b = key('b', 2)
const c = key('c', 3)

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

async function opened(): Promise<Keyring> {
  const keyring = new Keyring(accountId)
  keyring.open()
  await vi.waitFor(() => expect(keyring.syncing || keyring.list === null).toBe(false))
  return keyring
}

function answerList(list: KeyList): void {
  calls['keys.list']?.mockResolvedValue({ ok: true, value: list })
}

function answerDeletion(left: KeyList['keys'], before: () => void = () => undefined): void {
  answerList(listOf(left))
  calls['keys.delete'] = vi.fn().mockImplementation(() => {
    before()
    return Promise.resolve({ ok: true, value: null })
  })
}

describe('the keyring', () => {
  it('shows the cache before the server has answered, and selects the first key', async () => {
    calls['keys.sync']?.mockReturnValue(new Promise(() => undefined))
    const keyring = new Keyring(accountId)
    keyring.open()
    await vi.waitFor(() => expect(keyring.list).not.toBeNull())
    expect(keyring.syncing).toBe(true)
    expect(keyring.chosen).toEqual(a)
  })

  // Regression: main acted on the account that was current when the call arrived, which a sign-in had changed meanwhile.
  it('names its account in each call about keys', async () => {
    const keyring = await opened()
    const answer = { ok: true, value: a }
    const acting = [
      'create',
      'createLater',
      'enable',
      'disable',
      'delete',
      'cancel',
      'dismiss',
      'addValue',
      'replace',
      'verify',
      'purge',
      'lookUp',
    ]
    for (const name of acting) calls[`keys.${name}`] = vi.fn().mockResolvedValue(answer)
    for (const name of ['createLater', 'cancel', 'dismiss', 'purge'])
      calls[`keys.${name}`]?.mockResolvedValue({ ok: true, value: listOf([a]) })
    await keyring.create('new')
    await keyring.createLater('new')
    await keyring.setEnabled(a.id, true)
    await keyring.setEnabled(a.id, false)
    await keyring.remove(a.id, a.name)
    await keyring.cancel('0'.repeat(16))
    await keyring.dismiss(['0'.repeat(16)])
    await keyring.addValue(a.id, 'value')
    await keyring.replace(a.id, a.name)
    await keyring.verify(a.id)
    await keyring.purge(a.id)
    await keyring.lookUp('new')
    for (const name of acting) expect(calls[`keys.${name}`]?.mock.calls, name).toMatchObject([[{ accountId }]])
  })

  it('ignores the list of another account', async () => {
    const keyring = await opened()
    tell(listOf([key('foreign', 9)], { accountId: '2'.repeat(16) }))
    expect(keyring.shown).toEqual([a, b, c])
  })

  it('distinguishes a list that cannot be read from an empty one', async () => {
    calls['keys.list']?.mockResolvedValue({ ok: false, code: 'profile-corrupt' })
    const keyring = new Keyring(accountId)
    await keyring.load()
    expect([keyring.list, keyring.refusal]).toEqual([null, 'profile-corrupt'])
  })

  it('keeps its content when a sync is refused', async () => {
    const keyring = await opened()
    calls['keys.sync']?.mockResolvedValue({ ok: false, code: 'signed-out' })
    await keyring.sync()
    expect(keyring.shown).toEqual([a, b, c])
    expect(keyring.refusal).toBe('signed-out')
  })

  it('selects the next key when the selected one is deleted, and the previous one at the end', async () => {
    const keyring = await opened()
    keyring.chosenId = b.id
    answerDeletion([a, c])
    expect(await keyring.remove(b.id, 'b')).toBe(true)
    expect(keyring.chosen).toEqual(c)
    answerDeletion([a])
    await keyring.remove(c.id, 'c')
    expect(keyring.chosen).toEqual(a)
  })

  it('selects the next key in the same way if main’s event comes before its answer', async () => {
    const keyring = await opened()
    keyring.chosenId = b.id
    answerDeletion([a, c], () => tell(listOf([a, c])))
    await keyring.remove(b.id, 'b')
    expect(keyring.chosen).toEqual(c)
  })

  it('keeps a key whose deletion is pending, and says that it is not done', async () => {
    const keyring = await opened()
    keyring.chosenId = b.id
    calls['keys.delete'] = vi.fn().mockResolvedValue({ ok: true, value: null })
    answerList(listOf([a, b, c], { connection: 'offline', waiting: [change('delete', 'b', 2)] }))
    expect(await keyring.remove(b.id, 'b')).toBe(false)
    expect(keyring.chosen).toEqual(b)
    expect(keyring.waiting.map(({ kind }) => kind)).toEqual(['delete'])
  })

  it('distinguishes a pending change from one that is done', async () => {
    const keyring = await opened()
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: b })
    answerList(listOf([a, b, c], { waiting: [change('disable', 'b', 2)] }))
    expect(await keyring.setEnabled(b.id, false)).toBe(false)
    expect(keyring.waiting).toHaveLength(1)
    calls['keys.disable'].mockResolvedValue({ ok: true, value: { ...b, enabled: false } })
    expect(await keyring.setEnabled(b.id, false)).toBe(true)
  })

  it('replaces a key by the new one of the same name', async () => {
    const keyring = await opened()
    const renewed = key('b', 9)
    calls['keys.replace'] = vi.fn().mockResolvedValue({ ok: true, value: renewed })
    await keyring.replace(b.id, 'b')
    expect(keyring.shown).toEqual([a, renewed, c])
    expect(keyring.chosen).toEqual(renewed)
  })

  it('counts the free places as they will be once all pending changes are done', async () => {
    const keyring = await opened()
    tell(listOf([a, b, c], { limit: 4, waiting: [change('create', 'd', null)] }))
    expect(keyring.left).toBe(0)
    tell(listOf([a, b, c], { limit: 4, waiting: [change('create', 'd', null), change('delete', 'a', 1)] }))
    expect(keyring.left).toBe(1)
  })

  it('shows the keys that match both filter and search', async () => {
    const keyring = await opened()
    const off = key('ab', 4, { enabled: false })
    tell(listOf([a, b, off, key('b-off', 5, { enabled: false })]))
    keyring.filter = 'disabled'
    keyring.text = 'a'
    expect(keyring.shown).toEqual([off])
  })

  it('resets filter and search if they hide a key that has to be shown', async () => {
    const keyring = await opened()
    keyring.filter = 'disabled'
    keyring.text = 'nothing-like-it'
    keyring.bringToSight(c.id)
    expect(keyring.shown).toEqual([a, b, c])
    expect(keyring.chosen).toEqual(c)
  })

  it('keeps a key that the server refused to delete', async () => {
    calls['keys.delete'] = vi.fn().mockResolvedValue({ ok: false, code: 'name-mismatch' })
    const keyring = await opened()
    await expect(keyring.remove(b.id, 'B')).rejects.toMatchObject({ code: 'name-mismatch' })
    expect(keyring.shown).toEqual([a, b, c])
  })

  it("adds a key from main's answer without duplicating it", async () => {
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: { ...b, enabled: false } })
    const keyring = await opened()
    await keyring.setEnabled(b.id, false)
    expect(keyring.shown.map(({ name, enabled }) => `${name} ${enabled}`)).toEqual(['a true', 'b false', 'c true'])
  })

  it('moves the selection through the shown keys, and stops at both ends', async () => {
    const keyring = await opened()
    const visited = [1, 1, 1, -Infinity, -1, Infinity].map((places) => {
      keyring.step(places)
      return keyring.chosen?.name
    })
    expect(visited).toEqual(['b', 'c', 'c', 'a', 'a', 'c'])
  })

  it('looks a key up by id if the text looks like an id, otherwise by name', async () => {
    calls['keys.lookUp'] = vi.fn().mockResolvedValue({ ok: true, value: a })
    const keyring = await opened()
    await keyring.lookUp('65F0C0FFEE00000000000001')
    await keyring.lookUp('backup')
    expect(calls['keys.lookUp'].mock.calls).toEqual([
      [{ accountId, by: 'id', id: '65f0c0ffee00000000000001' }],
      [{ accountId, by: 'name', name: 'backup' }],
    ])
  })
})
