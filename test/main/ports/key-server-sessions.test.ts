import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Credentials } from '../../../main/vault/model/account.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { kinds, type Surroundings } from './key-server-kinds.ts'
import { newEmail, password, refusalOf, refused, registered, signedIn } from './key-server-user.ts'

// A password's hash takes a third of a second on an idle core, and cores are not always idle.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.each(kinds)('$kind', ({ open }) => {
  let around: Surroundings
  beforeAll(async () => void (around = await open()))
  afterAll(() => around.close())
  afterEach(() => around.break(null))

  describe('signing in', () => {
    it('registers an e-mail once, and signs the same user in from anywhere', async () => {
      const { userId, credentials, email } = await registered(around)
      const elsewhere = around.account()
      expect(await refusalOf(elsewhere.register(email, password))).toEqual(refused('email-taken'))
      expect(await elsewhere.signIn(credentials)).toEqual({ userId })
    })

    it('refuses an invalid e-mail and a password that is too short', async () => {
      const server = around.account()
      expect(await refusalOf(server.register('nobody', password))).toEqual(refused('email-invalid'))
      expect(await refusalOf(server.register(newEmail(), new Secret('12345')))).toEqual(refused('password-invalid'))
    })

    it('refuses wrong credentials for every method, and leaves no session', async () => {
      const { email } = await registered(around)
      const server = around.account()
      const wrong: Credentials[] = [
        { method: 'email', email, password: new Secret('wrong horse battery') },
        { method: 'email', email: newEmail(), password },
        { method: 'api-key', value: new Secret('x'.repeat(64)) },
        { method: 'custom-token', token: new Secret('a.b.c') },
      ]
      for (const credentials of wrong) expect(await refusalOf(server.signIn(credentials))).toEqual(refused('wrong-credentials'))
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
    })

    it('accepts another issuer’s token for a user of its own, who may manage keys', async () => {
      const server = around.account()
      const subject = randomBytes(6).toString('hex')
      const { userId } = await server.signIn({ method: 'custom-token', token: await around.token(subject) })
      const again = await around.account().signIn({ method: 'custom-token', token: await around.token(subject) })
      expect(again).toEqual({ userId })
      expect((await server.create('ci')).key.name).toBe('ci')
    })

    it('creates a new user for every anonymous sign-in, who may not manage keys', async () => {
      const server = around.account()
      const first = await server.signIn({ method: 'anonymous' })
      expect(await server.signIn({ method: 'anonymous' })).not.toEqual(first)
      expect(await refusalOf(server.create('ci'))).toEqual(refused('not-allowed'))
      expect(await refusalOf(server.fetchAll())).toEqual(refused('not-allowed'))
    })

    it('accepts a key’s value for its owner, who may not manage keys in that session', async () => {
      const { server, userId } = await signedIn(around)
      const { value } = await server.create('ci')
      const service = around.account()
      expect(await service.signIn({ method: 'api-key', value })).toEqual({ userId })
      expect(await refusalOf(service.create('successor'))).toEqual(refused('not-allowed'))
      expect(await refusalOf(service.fetchAll())).toEqual(refused('not-allowed'))
    })
  })

  describe('a session', () => {
    it('ends without affecting the same user’s sessions elsewhere', async () => {
      const { server, credentials } = await signedIn(around)
      const elsewhere = around.account()
      await elsewhere.signIn(credentials)
      await server.signOut()
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
      expect(await elsewhere.fetchAll()).toEqual([])
    })

    it('may be ended twice, and before it exists', async () => {
      const { server } = await signedIn(around)
      await server.signOut()
      await server.signOut()
      await around.account().signOut()
    })

    it('is removed here even if the server could not be reached', async () => {
      const { server } = await signedIn(around)
      around.break('never sent')
      expect((await refusalOf(server.signOut())).code).toBe('server-unreachable')
      around.break(null)
      expect(await refusalOf(server.create('ci'))).toEqual(refused('session-ended'))
    })

    it('that has already ended is reported by the server, and removed here', async () => {
      const { server, credentials } = await signedIn(around)
      const elsewhere = around.account()
      await elsewhere.signIn(credentials)
      await elsewhere.deleteUser()
      expect(await refusalOf(server.signOut())).toEqual(refused('session-ended'))
      await server.signOut()
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
    })

    it('ends with its user and everything else of the user', async () => {
      const { server, credentials, email, userId } = await registered(around)
      const elsewhere = around.account()
      await elsewhere.signIn(credentials)
      const { value } = await server.create('ci')
      await elsewhere.deleteUser()
      expect(await refusalOf(server.create('next'))).toEqual(refused('session-ended'))
      expect(await refusalOf(server.fetchAll())).toEqual(refused('session-ended'))
      expect(await refusalOf(around.account().signIn(credentials))).toEqual(refused('wrong-credentials'))
      expect(await refusalOf(around.account().signIn({ method: 'api-key', value }))).toEqual(refused('wrong-credentials'))
      await server.register(email, password)
      expect(await server.signIn(credentials)).not.toEqual({ userId })
    })
  })

  describe('linking', () => {
    it('gives an anonymous user an e-mail, with which it signs in from then on', async () => {
      const server = around.account()
      const email = newEmail()
      const { userId } = await server.signIn({ method: 'anonymous' })
      await server.register(email, password)
      await server.link(email, password)
      await server.signOut()
      expect(await server.signIn({ method: 'email', email, password })).toEqual({ userId })
      expect((await server.create('ci')).key.name).toBe('ci')
    })

    it('refuses another user’s e-mail, and a wrong password', async () => {
      const { email } = await registered(around)
      const server = around.account()
      await server.signIn({ method: 'anonymous' })
      expect(await refusalOf(server.link(email, password))).toEqual(refused('email-taken'))
      expect(await refusalOf(server.link(email, new Secret('wrong horse battery')))).toEqual(refused('wrong-credentials'))
    })
  })
})
