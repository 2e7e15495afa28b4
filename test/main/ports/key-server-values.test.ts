import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../main/vault/secret.ts'
import { type Breakage, kinds, type Surroundings } from './key-server-kinds.ts'
import { refusalOf, refused, registered, signedIn } from './key-server-user.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.each(kinds)('$kind', ({ open }) => {
  let around: Surroundings
  beforeAll(async () => void (around = await open()))
  afterAll(() => around.close())
  afterEach(() => around.break(null))

  describe("trying a key's value", () => {
    it('returns the user and the key, also for several values tested at once', async () => {
      const { server, userId } = await signedIn(around)
      const made = [await server.create('one'), await server.create('two'), await server.create('three')]
      const told = await Promise.all(made.map(({ value }) => around.tryValue(server, value)))
      expect(told).toEqual(made.map(({ key }) => ({ userId, keyId: key.id })))
    })

    it('recognises another user’s value', async () => {
      const [{ server }, theirs] = [await signedIn(around), await signedIn(around)]
      const { key, value } = await theirs.server.create('ci')
      expect(await around.tryValue(server, value)).toEqual({ userId: theirs.userId, keyId: key.id })
      expect(theirs.userId).not.toBe((await signedIn(around)).userId)
    })

    it('needs no session', async () => {
      const { server, userId } = await signedIn(around)
      const { key, value } = await server.create('ci')
      expect(await around.tryValue(around.account(), value)).toEqual({ userId, keyId: key.id })
    })

    it('is refused for an unknown value, for a disabled key and for a deleted key', async () => {
      const { server, userId } = await signedIn(around)
      const { key, value } = await server.create('ci')
      expect(await refusalOf(around.tryValue(server, new Secret('x'.repeat(64))))).toEqual(refused('wrong-credentials'))
      await server.disable(key.id)
      expect(await refusalOf(around.tryValue(server, value))).toEqual(refused('wrong-credentials'))
      await server.enable(key.id)
      expect(await around.tryValue(server, value)).toEqual({ userId, keyId: key.id })
      await server.delete(key.id)
      expect(await refusalOf(around.tryValue(server, value))).toEqual(refused('wrong-credentials'))
    })

    it('leaves the account’s own session unaffected', async () => {
      const { server, userId, credentials } = await registered(around)
      const { key, value } = await server.create('ci')
      await around.tryValue(server, value)
      await refusalOf(around.tryValue(server, new Secret('x'.repeat(64))))
      await around.tryValue(server, value)
      expect(await server.fetchAll()).toEqual([key])
      await server.create('next')
      await server.signOut()
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
      await around.tryValue(server, value)
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
      expect(await server.signIn(credentials)).toEqual({ userId })
      expect(await server.fetchAll()).toHaveLength(2)
    })

    it('leaves a session that the same key opened unaffected', async () => {
      const { server, userId } = await signedIn(around)
      const { value } = await server.create('ci')
      const service = around.account()
      await service.signIn({ method: 'api-key', value })
      await around.tryValue(service, value)
      expect(await refusalOf(service.fetchAll())).toEqual(refused('not-allowed'))
      expect(await around.tryValue(service, value)).toMatchObject({ userId })
    })

    const breakages: { breakage: Breakage; mayHaveHappened: boolean }[] = [
      { breakage: 'never sent', mayHaveHappened: false },
      { breakage: 'request lost', mayHaveHappened: true },
      { breakage: 'answer lost', mayHaveHappened: true },
    ]
    it.each(breakages)('proves nothing over a broken connection: $breakage', async ({ breakage, mayHaveHappened }) => {
      const { server, userId } = await signedIn(around)
      const { key, value } = await server.create('ci')
      around.break(breakage)
      expect(await refusalOf(around.tryValue(server, value))).toEqual({ code: 'server-unreachable', mayHaveHappened })
      around.break(null)
      expect(await around.tryValue(server, value)).toEqual({ userId, keyId: key.id })
      expect(await server.fetchAll()).toEqual([key])
    })
  })
})
