import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../main/vault/secret.ts'
import { type Breakage, kinds, type Surroundings } from './key-server-kinds.ts'
import { refusalOf, refused, signedIn } from './key-server-user.ts'

// A password's hash takes a third of a second on an idle core, and cores are not always idle.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const unknownId = '64a0000000000000000000ff'

describe.each(kinds)('$kind', ({ open }) => {
  let around: Surroundings
  beforeAll(async () => void (around = await open()))
  afterAll(() => around.close())
  afterEach(() => around.break(null))

  describe('keys', () => {
    it('are created enabled, with a value that signs in and that no list repeats', async () => {
      const { server } = await signedIn(around)
      const { key, value } = await server.create('ci-deploy_1')
      expect(key).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'ci-deploy_1', enabled: true })
      expect(value).toBeInstanceOf(Secret)
      expect(await server.fetchAll()).toEqual([key])
      expect(await server.fetch(key.id)).toEqual(key)
      await around.account().signIn({ method: 'api-key', value })
    })

    it('have unique names, which are case-sensitive', async () => {
      const { server } = await signedIn(around)
      await server.create('ci')
      expect(await refusalOf(server.create('ci'))).toEqual(refused('name-taken'))
      await server.create('CI')
      expect((await server.fetchAll()).map(({ name }) => name)).toEqual(['ci', 'CI'])
    })

    it.each(['', 'a b', 'naïve', 'a/b', 'x'.repeat(65)])('cannot be created with the name %j', async (name) => {
      const { server } = await signedIn(around)
      expect(await refusalOf(server.create(name))).toEqual(refused('name-invalid'))
      expect(await server.fetchAll()).toEqual([])
    })

    it('are twenty at most, and deleting one makes room', async () => {
      const { server } = await signedIn(around)
      const names = Array.from({ length: 20 }, (_, index) => `key-${index}`)
      const made = []
      for (const name of names) made.push((await server.create(name)).key)
      expect(await refusalOf(server.create('one-more'))).toEqual(refused('quota-reached'))
      await server.delete(made[7]?.id ?? '')
      const { key } = await server.create('one-more')
      expect(await server.fetchAll()).toEqual([...made.filter(({ name }) => name !== 'key-7'), key])
    })

    it('do not sign in while disabled; enabling and disabling are idempotent', async () => {
      const { server, userId } = await signedIn(around)
      const { key, value } = await server.create('ci')
      await server.disable(key.id)
      await server.disable(key.id)
      expect(await server.fetch(key.id)).toEqual({ ...key, enabled: false })
      expect(await refusalOf(around.account().signIn({ method: 'api-key', value }))).toEqual(refused('wrong-credentials'))
      await server.enable(key.id)
      await server.enable(key.id)
      expect(await server.fetch(key.id)).toEqual(key)
      expect(await around.account().signIn({ method: 'api-key', value })).toEqual({ userId })
    })

    it('are not found after deletion, nor by an unknown id', async () => {
      const { server } = await signedIn(around)
      const { key, value } = await server.create('ci')
      await server.delete(key.id)
      for (const id of [key.id, unknownId]) {
        for (const act of ['fetch', 'enable', 'disable', 'delete'] as const) {
          expect(await refusalOf(server[act](id))).toEqual(refused('key-not-found'))
        }
      }
      expect(await server.fetchAll()).toEqual([])
      expect(await refusalOf(around.account().signIn({ method: 'api-key', value }))).toEqual(refused('wrong-credentials'))
    })

    it('of another user are not found', async () => {
      const [{ server: ours }, { server: theirs }] = [await signedIn(around), await signedIn(around)]
      const { key } = await theirs.create('ci')
      for (const act of ['fetch', 'enable', 'disable', 'delete'] as const) {
        expect(await refusalOf(ours[act](key.id))).toEqual(refused('key-not-found'))
      }
      expect(await ours.fetchAll()).toEqual([])
      expect(await theirs.fetch(key.id)).toEqual(key)
    })

    it('show changes that were made on another computer', async () => {
      const { server, credentials } = await signedIn(around)
      const elsewhere = around.account()
      await elsewhere.signIn(credentials)
      const { key } = await elsewhere.create('ci')
      await elsewhere.disable(key.id)
      expect(await server.fetchAll()).toEqual([{ ...key, enabled: false }])
    })
  })

  describe('a broken connection to the server', () => {
    const breakages: { breakage: Breakage; mayHaveHappened: boolean; happened: boolean }[] = [
      { breakage: 'never sent', mayHaveHappened: false, happened: false },
      { breakage: 'request lost', mayHaveHappened: true, happened: false },
      { breakage: 'answer lost', mayHaveHappened: true, happened: true },
    ]

    it.each(breakages)('$breakage: a creation says whether it may have happened', async ({ breakage, mayHaveHappened, happened }) => {
      const { server } = await signedIn(around)
      around.break(breakage)
      expect(await refusalOf(server.create('ci'))).toEqual({ code: 'server-unreachable', mayHaveHappened })
      around.break(null)
      expect((await server.fetchAll()).map(({ name }) => name)).toEqual(happened ? ['ci'] : [])
    })

    it('does not end the session', async () => {
      const { server } = await signedIn(around)
      for (const { breakage } of breakages) {
        around.break(breakage)
        expect((await refusalOf(server.fetchAll())).code).toBe('server-unreachable')
      }
      around.break(null)
      expect(await server.fetchAll()).toEqual([])
    })

    it('leaves no session if it breaks a sign-in', async () => {
      const { credentials } = await signedIn(around)
      const server = around.account()
      around.break('answer lost')
      expect((await refusalOf(server.signIn(credentials))).code).toBe('server-unreachable')
      around.break(null)
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
    })
  })
})
