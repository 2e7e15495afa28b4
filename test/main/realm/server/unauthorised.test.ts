import { describe, expect, it } from 'vitest'
import { SdkKeyServers } from '../../../../main/realm/server/key-servers.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { guardedOver } from '../../keychain/passphrase/passphrase-vaults.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { html, json, keyId, ScriptedServer } from '../fixtures/scripted-server.ts'
import { byEmail, expectRefusal, limits, newAccount, newId, password, refusalOf, signedIn, storedToken } from '../fixtures/session.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

const dead = { error: 'invalid session: failed to find refresh token', error_code: 'InvalidSession' }

describe('a 401 on a key route, which makes the SDK drop the session', () => {
  it('ends the session if the server says that it has ended', async () => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', json(401, dead))
    await expectRefusal(keys.fetchAll(), 'session-ended')
    await expectRefusal(keys.fetch(keyId), 'session-ended')
  })

  it.each([
    ['the service of before May 2024', { error: 'invalid session' }],
    ['the service of after May 2024', { error: 'unauthorized' }],
    ['the service, of an empty token', { error: 'expected Authorization header with JWT (Bearer schema)' }],
    ['the service, of no token', { error: 'must authenticate first' }],
  ])('ends the session with the wording of %s', async (_, body) => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', json(401, body))
    await expectRefusal(keys.fetchAll(), 'session-ended')
  })

  it.each([
    ['a page of HTML that says unauthorized', html(401)],
    ['JSON of another service', json(401, { message: 'unauthorized' })],
    ["words that only contain the server's", json(401, { error: 'Unauthorized by proxy.example' })],
    ['a user who is disabled', json(401, { error: 'user disabled', error_code: 'UserDisabled' })],
  ])('does not end the session if it is %s', async (_, script) => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', script, json(200, []))
    expect((await refusalOf(keys.fetchAll())).code).not.toBe('session-ended')
    expect(await keys.fetchAll()).toEqual([])
  })

  it('is neither renewed nor retried', async () => {
    const { keys, server } = await signedIn()
    server.on('POST /auth/api_keys', json(401, dead))
    server.received.length = 0
    await expectRefusal(keys.create('deploy'), 'session-ended')
    expect(server.asked).toEqual(['POST /auth/api_keys'])
  })
})

describe('after the session has ended', () => {
  it('no key call is sent with the SDK’s empty token', async () => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', json(401, dead))
    await expectRefusal(keys.fetchAll(), 'session-ended')
    server.received.length = 0
    for (const call of [
      keys.fetchAll(),
      keys.fetch(keyId),
      keys.create('a'),
      keys.enable(keyId),
      keys.disable(keyId),
      keys.delete(keyId),
    ]) {
      await expectRefusal(call, 'session-ended')
    }
    await expectRefusal(keys.link('a@b.test', password), 'session-ended')
    await expectRefusal(keys.deleteUser(), 'session-ended')
    expect(server.received).toEqual([])
  })

  it('no key call is sent after a sign-out either', async () => {
    const { keys, server } = await signedIn()
    await keys.signOut()
    server.received.length = 0
    await expectRefusal(keys.fetchAll(), 'session-ended')
    expect(server.received).toEqual([])
  })

  it('signing in again opens a new session', async () => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', json(401, dead), json(200, []))
    await expectRefusal(keys.fetchAll(), 'session-ended')
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toEqual([])
    expect(server.received.at(-1)?.bearer).toBe(server.issued.at(-1))
  })
})

describe('a 401 for the access token', () => {
  it('leads to a renewal and to one retry with the new token', async () => {
    const { keys, server } = await newAccount()
    server.on('GET /auth/profile', json(401, { error: 'whatever', error_code: 'InvalidSession' }), json(200, { identities: [], data: {} }))
    await keys.signIn(byEmail)
    expect(server.asked.slice(1)).toEqual(['GET /auth/profile', 'POST /auth/session', 'GET /auth/profile'])
    const [access, refresh, renewed] = server.issued
    expect(server.received.map(({ bearer }) => bearer)).toEqual([null, access, refresh, renewed])
  })

  it('from a proxy does not lead to a renewal', async () => {
    const { keys, server } = await newAccount()
    server.on('GET /auth/profile', html(401))
    await expectRefusal(keys.signIn(byEmail), 'server-error')
    expect(server.asked).not.toContain('POST /auth/session')
  })

  // The SDK does not renew for a link: half an hour after signing in, a link used to be answered with `wrong-credentials`.
  it('cannot affect a link, which is sent with a new access token', async () => {
    const { keys, server } = await signedIn()
    server.received.length = 0
    await keys.link('ada@example.test', password)
    const [, refresh, renewed] = server.issued
    expect(server.received.slice(0, 2)).toMatchObject([
      { method: 'POST', path: '/api/client/v2.0/auth/session', bearer: refresh },
      { path: '/api/client/v2.0/app/app-1/auth/providers/local-userpass/login?link=true', bearer: renewed },
    ])
  })

  it('on a link means wrong credentials, unless the server says that the session has ended', async () => {
    const { keys, server } = await signedIn()
    const link = 'POST /app/app-1/auth/providers/local-userpass/login?link=true'
    server.on(link, json(401, { error: 'unauthorized', error_code: 'InvalidPassword' }))
    await expectRefusal(keys.link('ada@example.test', password), 'wrong-credentials')
    server.on(link, json(401, { error: 'unauthorized' }))
    await expectRefusal(keys.link('ada@example.test', password), 'wrong-credentials')
    server.on(link, json(401, dead))
    await expectRefusal(keys.link('ada@example.test', password), 'session-ended')
  })

  // The SDK hides why a renewal failed behind the earlier 401, so that an unreachable server looked like an ended session.
  it('does not hide why a renewal before a deletion failed', async () => {
    const { keys, server } = await signedIn()
    server.on('POST /auth/session', json(503, {}))
    await expectRefusal(keys.deleteUser(), 'server-error', true)
    expect(server.asked).not.toContain('DELETE /auth/delete')
    expect(await keys.fetchAll()).toHaveLength(1)
  })

  it('with an expired refresh token is an ended session', async () => {
    const { keys, server } = await signedIn()
    server.on('POST /auth/session', json(401, dead))
    await expectRefusal(keys.deleteUser(), 'session-ended')
  })

  // It used to be reported as a changed keychain at every call, and signing in again started no new session.
  it('with a refresh token that another program changed in the keychain is an ended session', async () => {
    const inner = new MemoryKeychain()
    const keychain = await guardedOver(inner)
    const server = await ScriptedServer.start()
    const embedded = { appId: 'embedded-app', reach: fetch }
    const servers = new SdkKeyServers({ folder: temporaryFolder(), keychain, network: fetch, embedded, limits })
    const id = newId()
    const keys = servers.of({ id, server: { url: server.url, appId: 'app-1' } })
    await keys.signIn(byEmail)
    servers.forget() // like a restart: no token in memory
    inner.items.set(keychain.nameOf(items.session(id)), 'what another program put there')
    await expectRefusal(keys.fetchAll(), 'session-ended')
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toHaveLength(1)
  })
})

describe('a 401 at a sign-in', () => {
  it.each([
    ['InvalidPassword', 'invalid username/password', 'wrong-credentials'],
    ['AuthError', 'unauthorized', 'wrong-credentials'],
    ['AuthError', 'invalid API key', 'wrong-credentials'],
    ['AuthError', 'confirmation required', 'email-unconfirmed'],
    ['UserDisabled', 'user disabled', 'user-disabled'],
    ['', 'unauthorized', 'wrong-credentials'],
  ] as const)('%s "%s" is %s and leaves no session', async (error_code, error, code) => {
    const { keys, server, keychain, id } = await newAccount()
    server.on('POST /app/app-1/auth/providers/local-userpass/login', json(401, { error, error_code }))
    await expectRefusal(keys.signIn(byEmail), code)
    expect(storedToken(keychain, id)).toBeNull()
    await expectRefusal(keys.fetchAll(), 'session-ended')
  })
})
