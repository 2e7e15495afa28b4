import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appUrl, clientUrl, expectRefusal, openTestBackend, Client, type Session } from '../opened.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { openBackend } from '../../../backend/backend.ts'

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}

describe('tokens', () => {
  test('have the real service’s claims, and live 30 minutes and 60 days', async () => {
    const client = await openTestBackend()
    const session = await client.newUser()
    const access = claimsOf(session.access_token)
    const refresh = claimsOf(session.refresh_token)
    expect(access).toMatchObject({ typ: 'access', sub: session.user_id, baas_device_id: session.device_id })
    expect([access['iss'], access['sid']]).toEqual([refresh['baas_id'], refresh['baas_id']])
    expect(refresh).toMatchObject({ typ: 'refresh', sub: session.user_id, baas_identity: { provider_type: 'local-userpass' } })
    expect(refresh).not.toHaveProperty('iss')
    expect(Number(access['exp']) - Number(access['iat'])).toBe(30 * 60)
    expect(Number(refresh['exp']) - Number(refresh['iat'])).toBe(60 * 24 * 60 * 60)
    expect(Number.isInteger(access['iat'])).toBe(true)
    // `user_data: null` crashes the native client's process.
    expect(access).not.toHaveProperty('user_data')
    expect(access).not.toHaveProperty('api_key_id')
  })

  test('of a session that a key opened name the key, and give access for five minutes', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const client = await openTestBackend({ clock: () => new Date(now) })
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    const session = await client.login('api-key', { key })
    const refreshed = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    for (const token of [session.access_token, (refreshed.body as Session).access_token]) {
      const claims = claimsOf(token)
      expect(claims).toMatchObject({ sub: owner.user_id, api_key_id: _id })
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(5 * 60)
    }
    const status = async (token: string) => (await client.send('GET', `${clientUrl}/auth/profile`, { token })).status
    now += 299_000
    expect(await status(session.access_token)).toBe(200)
    now += 1000
    expect(await status(session.access_token)).toBe(401)
    const again = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    expect(await status((again.body as Session).access_token)).toBe(200)
  })

  test('name the public URL as their issuer, if the server knows it', async () => {
    const client = await openTestBackend({ origin: 'https://keys.example.test/vault/' })
    const session = await client.newUser()
    expect(claimsOf(session.access_token)['iss']).toBe('https://keys.example.test/vault')
    expect((await client.send('GET', `${clientUrl}/auth/profile`, { token: session.access_token })).status).toBe(200)
  })

  test('can be verified with the key of the JWKS route, also after a restart', async () => {
    const dataDir = temporaryFolder()
    const first = await openBackend({ dataDir, appId: 'app-1' })
    const { access_token: token } = await new Client(first).newUser()
    await first.close()
    const client = await openTestBackend({ dataDir })
    const { keys } = (await client.send('GET', 'http://backend.test/.well-known/jwks.json')).body as { keys: JsonWebKey[] }
    const [header = '', payload = '', signature = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: keys[0]?.['kid'] })
    const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
    expect(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    expect((await client.send('GET', `${clientUrl}/auth/profile`, { token })).status).toBe(200)
  })

  test('that were changed at any place are refused', async () => {
    const client = await openTestBackend()
    const session = await client.newUser()
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...'AQgw_-.x'), fc.constantFrom('access', 'refresh'), async (at, letter, kind) => {
        const token = kind === 'access' ? session.access_token : session.refresh_token
        const place = at % token.length
        const changed = token.slice(0, place) + letter + token.slice(place + 1)
        // The last character of a signature has two bits that are not read.
        fc.pre(changed !== token && place !== token.length - 1)
        const url = kind === 'access' ? `${clientUrl}/auth/profile` : `${clientUrl}/auth/api_keys`
        expectRefusal(await client.send('GET', url, { token: changed }), 401, 'InvalidSession')
      }),
      { numRuns: 200 },
    )
  })

  test('with another algorithm, or none, are refused', async () => {
    const client = await openTestBackend()
    const { access_token: token } = await client.newUser()
    const payload = token.split('.')[1] ?? ''
    for (const alg of ['none', 'HS256']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url')
      for (const signature of ['', 'A'.repeat(86)]) {
        const answered = await client.send('GET', `${clientUrl}/auth/profile`, { token: `${header}.${payload}.${signature}` })
        expectRefusal(answered, 401, 'InvalidSession')
      }
    }
  })

  test('that are missing or malformed are distinguished from invalid ones', async () => {
    const client = await openTestBackend()
    const url = `${clientUrl}/auth/api_keys`
    expect((await client.send('GET', url)).body).toMatchObject({ error: 'must authenticate first' })
    for (const Authorization of ['Bearer', 'Bearer ', 'Basic YTpi', 'token']) {
      const answered = await client.send('GET', url, { headers: { Authorization } })
      expect(answered).toMatchObject({ status: 401, body: { error: 'expected Authorization header with JWT (Bearer schema)' } })
    }
    const dead = await client.send('GET', url, { token: 'x'.repeat(5000) })
    // realm-web clears its tokens on the code; others look for the text.
    expect(dead.body).toEqual({ error: expect.stringContaining('failed to find refresh token'), error_code: 'InvalidSession' })
  })
})

describe('a session', () => {
  test('can be refreshed after its access token expired, until 60 days are over', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const client = await openTestBackend({ clock: () => new Date(now) })
    const session = await client.newUser()
    now += 30 * 60 * 1000
    expectRefusal(await client.send('GET', `${clientUrl}/auth/profile`, { token: session.access_token }), 401, 'InvalidSession')
    const refreshed = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    expect(refreshed.status).toBe(201)
    expect(Object.keys(refreshed.body as object)).toEqual(['access_token'])
    const { access_token: token } = refreshed.body as Session
    expect((await client.send('GET', `${clientUrl}/auth/profile`, { token })).status).toBe(200)
    now += 60 * 24 * 60 * 60 * 1000
    expectRefusal(await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token }), 401, 'InvalidSession')
  })

  test('ends on the server with logout, without ending others', async () => {
    const client = await openTestBackend()
    const session = await client.newUser()
    const other = await client.login('local-userpass', { username: 'ada@example.test', password: 'correct horse battery' })
    const logout = await client.send('DELETE', `${clientUrl}/auth/session`, { token: session.refresh_token })
    expect(logout).toMatchObject({ status: 204, text: '' })
    expect(logout.headers.get('content-type')).toBeNull()
    for (const [method, path, token] of [
      ['POST', 'session', session.refresh_token],
      ['DELETE', 'session', session.refresh_token],
      ['GET', 'api_keys', session.refresh_token],
      ['GET', 'profile', session.access_token],
      ['DELETE', 'delete', session.access_token],
    ] as const) {
      expectRefusal(await client.send(method, `${clientUrl}/auth/${path}`, { token }), 401, 'InvalidSession')
    }
    expect((await client.key(other, 'GET', '')).status).toBe(200)
  })

  test('ends with its user, whose keys and e-mail address are deleted too', async () => {
    const client = await openTestBackend()
    const session = await client.newUser()
    const { key } = await client.createKey(session, 'k')
    expect((await client.send('DELETE', `${clientUrl}/auth/delete`, { token: session.access_token })).status).toBe(204)
    expectRefusal(await client.key(session, 'GET', ''), 401, 'InvalidSession')
    expectRefusal(await client.tryLogin('api-key', { key }), 401, 'AuthError')
    expectRefusal(await client.tryPassword(), 401, 'InvalidPassword')
    const again = await client.newUser()
    expect(again.user_id).not.toBe(session.user_id)
  })

  test('survives a restart, and a revoked one stays revoked', async () => {
    const dataDir = temporaryFolder()
    const first = await openBackend({ dataDir, appId: 'app-1' })
    const kept = await new Client(first).newUser()
    const revoked = await new Client(first).login('anon-user', {})
    await new Client(first).send('DELETE', `${clientUrl}/auth/session`, { token: revoked.refresh_token })
    await first.close()
    const client = await openTestBackend({ dataDir })
    expect((await client.key(kept, 'GET', '')).status).toBe(200)
    expectRefusal(await client.send('POST', `${clientUrl}/auth/session`, { token: revoked.refresh_token }), 401, 'InvalidSession')
  })
})

describe('the profile and the location', () => {
  test('contain no null, and the strings that clients need', async () => {
    const client = await openTestBackend()
    const anonymous = await client.login('anon-user', { provider: 'anon-user', options: { device: { platform: 'linux' } } })
    const profile = await client.send('GET', `${clientUrl}/auth/profile`, { token: anonymous.access_token })
    expect(profile.body).toEqual({
      user_id: anonymous.user_id,
      domain_id: expect.stringMatching(/^[0-9a-f]{24}$/),
      identities: [{ id: expect.any(String), provider_type: 'anon-user', provider_id: expect.stringMatching(/^[0-9a-f]{24}$/) }],
      data: {},
      type: 'normal',
    })
    expect((await client.send('GET', `${appUrl}/location`)).body).toEqual({
      deployment_model: 'GLOBAL',
      location: 'local',
      hostname: 'http://backend.test',
      ws_hostname: 'ws://backend.test',
    })
  })

  test('contain the public address if there is one, without a trailing slash', async () => {
    const client = await openTestBackend({ origin: 'https://keys.example.test/vault/' })
    expect((await client.send('GET', `${appUrl}/location`)).body).toMatchObject({
      hostname: 'https://keys.example.test/vault',
      ws_hostname: 'wss://keys.example.test/vault',
    })
  })

  test.each([
    ['GET', `${clientUrl}/app/another/location`, 'AppNotFound'],
    ['POST', `${appUrl}/functions/call`, 'NotFound'],
    ['GET', `${appUrl}/realm-sync`, 'NotFound'],
    ['POST', `${appUrl}/auth/providers/oauth2-google/login`, 'AuthProviderNotFound'],
    ['POST', `${appUrl}/auth/providers/custom-token/login`, 'AuthProviderNotFound'],
    ['POST', `${appUrl}/auth/providers/local-userpass/reset/call`, 'FunctionNotFound'],
    ['POST', `${appUrl}/auth/providers/local-userpass/confirm/call`, 'FunctionNotFound'],
    ['PATCH', `${clientUrl}/auth/profile`, 'NotFound'],
    ['GET', 'http://backend.test/', 'NotFound'],
  ])('%s %s is answered with a 404 in JSON', async (method, url, errorCode) => {
    expectRefusal(await (await openTestBackend()).send(method, url), 404, errorCode)
  })
})
