import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../main/vault/secret.ts'
import { html, json, keyId, keyValue } from '../fixtures/scripted-server.ts'
import { byEmail, expectRefusal, newAccount, password, place, refusalOf, signedIn, storedToken } from '../fixtures/session.ts'

const login = 'POST /app/app-1/auth/providers/local-userpass/login'
const deleting = (what: 'session' | 'delete', bearer: string | undefined) => ({
  method: 'DELETE',
  path: `/api/client/v2.0/auth/${what}`,
  bearer,
})

describe('signing in', () => {
  it.each([
    ['email', 'local-userpass', { username: 'ada@example.test', password: password.expose() }, byEmail],
    ['api-key', 'api-key', { key: keyValue }, { method: 'api-key', value: new Secret(keyValue) }],
    ['custom-token', 'custom-token', { token: 'a.b.c' }, { method: 'custom-token', token: new Secret('a.b.c') }],
    ['anonymous', 'anon-user', {}, { method: 'anonymous' }],
  ] as const)('with %s uses the provider %s of the account’s own app', async (_, provider, fields, credentials) => {
    const { keys, server, keychain, id } = await newAccount()
    expect(await keys.signIn(credentials)).toEqual({ userId: 'user-1' })
    expect(server.asked).toEqual([`POST /app/app-1/auth/providers/${provider}/login`, 'GET /auth/profile'])
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ provider, ...fields })
    expect(storedToken(keychain, id)).toBe(server.issued[1])
  })

  it('anonymously asks the server again, while the SDK would return the user that it knows', async () => {
    const { keys, server } = await newAccount()
    await keys.signIn({ method: 'anonymous' })
    server.received.length = 0
    await keys.signIn({ method: 'anonymous' })
    expect(server.asked).toEqual(['DELETE /auth/session', 'POST /app/app-1/auth/providers/anon-user/login', 'GET /auth/profile'])
  })

  // Ending the old anonymous session rejected with the SDK's own error, which is not a refusal.
  it('anonymously works again after the server has lost the previous user', async () => {
    const { keys, server } = await newAccount()
    await keys.signIn({ method: 'anonymous' })
    server.on('DELETE /auth/session', json(401, { error: 'invalid session', error_code: 'InvalidSession' }))
    expect(await keys.signIn({ method: 'anonymous' })).toEqual({ userId: 'user-1' })
    await server.stop()
    expect((await refusalOf(keys.signIn({ method: 'anonymous' }))).code).toBe('server-unreachable')
  })

  it('leaves no half of a session if the profile cannot be fetched, and tells the server', async () => {
    const { keys, server, keychain, id } = await newAccount()
    server.on('GET /auth/profile', json(500, { error: 'internal server error', error_code: 'InternalServerError' }))
    await expectRefusal(keys.signIn(byEmail), 'server-error', true)
    expect(server.received.at(-1)).toMatchObject(deleting('session', server.issued[1]))
    expect(storedToken(keychain, id)).toBeNull()
    server.received.length = 0
    await expectRefusal(keys.fetchAll(), 'session-ended')
    expect(server.received).toEqual([])
  })

  it('reports why the profile could not be fetched, even if the sign-out fails too', async () => {
    const { keys, server, keychain, id } = await newAccount()
    server.on('GET /auth/profile', html(200))
    server.on('DELETE /auth/session', json(503, {}))
    await expectRefusal(keys.signIn(byEmail), 'answer-invalid', true)
    expect(storedToken(keychain, id)).toBeNull()
  })

  it.each(['locked', 'unavailable', 'denied', 'timeout'] as const)(
    'starts no session if the keychain (%s) does not take its token, and ends it on the server',
    async (failure) => {
      const { keys, server, keychain } = await newAccount()
      keychain.failure = failure
      await expectRefusal(keys.signIn(byEmail), `keychain-${failure}`)
      expect(server.received.at(-1)).toMatchObject(deleting('session', server.issued[1]))
      keychain.failure = null
      await expectRefusal(keys.fetchAll(), 'session-ended')
    },
  )

  it('never repeats typed text in a refusal', async () => {
    const { keys, server } = await newAccount()
    server.on(login, (received, response) => json(400, { error: received.body, error_code: received.body })(received, response))
    const refusal = await refusalOf(keys.signIn(byEmail))
    expect(`${refusal.message}${refusal.stack}${JSON.stringify(refusal)}`).not.toContain(password.expose())
  })

  it('works again after a server that did not', async () => {
    const { keys, server } = await newAccount()
    server.on(login, html(502), html(404), (_, response) => response.destroy())
    await expectRefusal(keys.signIn(byEmail), 'server-error', true)
    await expectRefusal(keys.signIn(byEmail), 'app-unknown')
    await expectRefusal(keys.signIn(byEmail), 'server-unreachable', true)
    server.on(login)
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toHaveLength(1)
  })
})

describe('signing out', () => {
  it('ends the session on the server with the real refresh token, then here', async () => {
    const { keys, server, keychain, id } = await signedIn()
    await keys.signOut()
    expect(server.received.at(-1)).toMatchObject(deleting('session', server.issued[1]))
    expect(storedToken(keychain, id)).toBeNull()
  })

  it('removes the tokens from this computer even if the server cannot be reached, and reports that', async () => {
    const { keys, server, keychain, id } = await signedIn()
    await server.stop()
    expect((await refusalOf(keys.signOut())).code).toBe('server-unreachable')
    expect(storedToken(keychain, id)).toBeNull()
    await expectRefusal(keys.fetchAll(), 'session-ended')
  })

  it('reports that the server was not reached if a web page answered in its place', async () => {
    const { keys, server, keychain, id } = await signedIn()
    server.on('DELETE /auth/session', html(200))
    await expectRefusal(keys.signOut(), 'answer-invalid', true)
    expect(storedToken(keychain, id)).toBeNull()
  })

  it('twice sends nothing the second time', async () => {
    const { keys, server } = await signedIn()
    await keys.signOut()
    server.received.length = 0
    await keys.signOut()
    expect(server.received).toEqual([])
  })

  it('of an account that never signed in sends nothing', async () => {
    const { keys, server } = await newAccount()
    await keys.signOut()
    expect(server.received).toEqual([])
  })
})

describe('deleting the user', () => {
  it('removes the tokens too', async () => {
    const { keys, server, keychain, id } = await signedIn()
    await keys.deleteUser()
    expect(server.received.at(-1)).toMatchObject(deleting('delete', server.issued[2]))
    expect(storedToken(keychain, id)).toBeNull()
    await expectRefusal(keys.fetch(keyId), 'session-ended')
  })

  it('keeps the session if the server refuses', async () => {
    const { keys, server } = await signedIn()
    server.on('DELETE /auth/delete', json(403, { error: 'no', error_code: 'Forbidden' }))
    await expectRefusal(keys.deleteUser(), 'not-allowed')
    expect(await keys.fetchAll()).toHaveLength(1)
  })
})

describe('a keychain that locks during a session', () => {
  it('is reported as locked and does not end the session', async () => {
    const { keychain, id, server, folder } = await signedIn()
    const later = place({ folder, keychain }).servers.of({ id, server: { url: server.url, appId: 'app-1' } })
    keychain.failure = 'locked'
    await expectRefusal(later.fetchAll(), 'keychain-locked')
    keychain.failure = null
    expect(await later.fetchAll()).toHaveLength(1)
  })
})
