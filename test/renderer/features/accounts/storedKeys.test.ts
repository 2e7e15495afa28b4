import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoredKey } from '../../../../preload/contract.ts'
import { placeOf, StoredKeys } from '../../../../renderer/features/accounts/storedKeys.svelte.ts'
import { accountId, idOf } from '../keys/samples.ts'

const server = { url: 'https://keys.example.com', appId: 'team' }

function stored(name: string, place: number, facts: Partial<StoredKey> = {}): StoredKey {
  const key = { accountId, id: idOf(place), name, account: 'ada@example.com', enabled: true, lastFour: null, server, same: false }
  return { ...key, ...facts }
}

let forServer: ReturnType<typeof vi.fn>

beforeEach(() => {
  forServer = vi.fn()
  vi.stubGlobal('window', { latchkey: { calls: { 'keys.forServer': forServer } } })
})

async function loaded(...keys: StoredKey[]): Promise<StoredKeys> {
  forServer.mockResolvedValue({ ok: true, value: { keys } })
  const found = new StoredKeys()
  await found.load(server.url, server.appId)
  return found
}

describe('stored keys in the sign-in form', () => {
  it('are sorted: those of the chosen server and app first, by name, disabled ones last', async () => {
    const found = await loaded(
      stored('elsewhere', 1, { server: null }),
      stored('deploy-10', 2, { same: true }),
      stored('a-disabled', 3, { same: true, enabled: false }),
      stored('deploy-2', 4, { same: true }),
    )
    expect(found.groups.map(({ title, keys }) => [title, keys.map(({ name }) => name)])).toEqual([
      ['Of this server and app', ['deploy-2', 'deploy-10', 'a-disabled']],
      ['Without a server', ['elsewhere']],
    ])
  })

  it('are one group if none belongs to the chosen server', async () => {
    const found = await loaded(stored('one', 1), stored('two', 2))
    expect(found.groups.map(({ title }) => title)).toEqual(['Stored on this computer'])
  })

  it('are searched by name, account, server and last four characters, and must match every word', async () => {
    const found = await loaded(
      stored('ci', 1, { lastFour: 'WxYz' }),
      stored('ci', 2, { account: 'This computer', server: null }),
      stored('other', 3),
    )
    for (const [text, ids] of [
      ['CI', [idOf(1), idOf(2)]],
      ['wxyz', [idOf(1)]],
      ['ci computer', [idOf(2)]],
      ['keys.example.com other', [idOf(3)]],
      ['nothing', []],
    ] as const) {
      found.text = text
      expect(
        found.shown.map(({ id }) => id),
        text,
      ).toEqual(ids)
    }
  })

  it('are selected by account and id, because two servers may use the same id', async () => {
    const other = 'f'.repeat(16)
    const found = await loaded(stored('one', 1), stored('two', 1, { accountId: other }))
    found.choose(stored('two', 1, { accountId: other }))
    expect(found.chosen?.name).toBe('two')
  })

  it('cannot be selected while they are disabled or filtered out', async () => {
    const off = stored('off', 1, { enabled: false })
    const found = await loaded(off, stored('on', 2))
    found.choose(off)
    expect(found.chosen).toBe(null)
    expect(found.chooseFirst()).toBe(true)
    expect(found.chosen?.name).toBe('on')
    found.text = 'off'
    expect(found.chosen).toBe(null)
    expect(found.chooseFirst()).toBe(false)
  })

  it("keep the selection when the address changes, and move to its server's group", async () => {
    const found = await loaded(stored('one', 1))
    found.chooseFirst()
    forServer.mockResolvedValue({ ok: true, value: { keys: [stored('one', 1, { same: true })] } })
    await found.load(server.url, 'other')
    expect(found.chosen).toMatchObject({ name: 'one', same: true })
  })

  it('belong to the address that was requested last, in whatever order main answers', async () => {
    let late = (_: unknown): void => undefined
    const found = new StoredKeys()
    forServer.mockReturnValueOnce(new Promise((resolve) => (late = resolve)))
    const first = found.load('https://keys.exa', 'team')
    forServer.mockResolvedValueOnce({ ok: true, value: { keys: [stored('right', 1, { same: true })] } })
    await found.load(server.url, server.appId)
    late({ ok: true, value: { keys: [] } })
    await first
    expect(found.shown.map(({ name }) => name)).toEqual(['right'])
  })

  it('show why they could not be loaded', async () => {
    forServer.mockResolvedValue({ ok: false, code: 'locked' })
    const found = new StoredKeys()
    await found.load(server.url, server.appId)
    expect([found.refusal, found.any, found.keys]).toEqual(['locked', false, null])
  })
})

describe('where a stored key belongs', () => {
  it('is its server’s host and app, or no server', () => {
    expect(placeOf(stored('one', 1))).toBe('keys.example.com · team')
    expect(placeOf(stored('one', 1, { server: null }))).toBe('Without a server')
  })
})
