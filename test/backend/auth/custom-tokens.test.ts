import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clientUrl, expectRefusal, openTestBackend } from '../opened.ts'

const secret = 'a secret of thirty-two bytes or more'
const key = new TextEncoder().encode(secret)

function sign(claims: Record<string, unknown>, by: Parameters<SignJWT['sign']>[0] = key, alg = 'HS256'): Promise<string> {
  return new SignJWT({ sub: 'ada', aud: 'app-1', exp: Math.floor(Date.now() / 1000) + 60, ...claims })
    .setProtectedHeader({ alg, kid: 'one' })
    .sign(by)
}

/** An issuer's key set on a port of its own, which can be broken. */
async function serveKeys(body: () => string): Promise<string> {
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'application/json').end(body()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
}

describe('a custom token', () => {
  test('signed with the shared secret signs in one user per subject, who may have keys', async () => {
    const client = await openTestBackend({ customToken: { secret } })
    const session = await client.login('custom-token', { provider: 'custom-token', token: await sign({}) })
    expect((await client.login('custom-token', { token: await sign({}) })).user_id).toBe(session.user_id)
    expect((await client.login('custom-token', { token: await sign({ sub: 'bob' }) })).user_id).not.toBe(session.user_id)
    await client.createKey(session, 'k')
    const profile = await client.send('GET', `${clientUrl}/auth/profile`, { token: session.access_token })
    expect(profile.body).toMatchObject({ identities: [{ provider_type: 'custom-token' }], data: {} })
  })

  test('is refused if it is for another app, expired, without subject or expiry, unsigned or signed by somebody else', async () => {
    const client = await openTestBackend({ customToken: { secret } })
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"ada","aud":"app-1","exp":9999999999}').toString('base64url')}.`
    const wrong = [
      await sign({ aud: 'app-2' }),
      await sign({ aud: undefined }),
      await sign({ exp: 1 }),
      await sign({ exp: undefined }),
      await sign({ sub: undefined }),
      await sign({ sub: '' }),
      await sign({ sub: 'x'.repeat(257) }),
      await sign({}, new TextEncoder().encode('another secret of thirty-two bytes')),
      await sign({}, new TextEncoder().encode(secret.repeat(2)), 'HS512'),
      none,
      '',
      'x.y.z',
    ]
    for (const token of wrong) expectRefusal(await client.tryLogin('custom-token', { token }), 401, 'AuthError')
  })

  test('signed with the issuer’s key signs in a user; one signed with the public key as an HMAC secret does not', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }
    const jwksUri = await serveKeys(() => JSON.stringify({ keys: [jwk] }))
    const client = await openTestBackend({ customToken: { jwksUri } })
    await client.login('custom-token', { token: await sign({}, privateKey, 'RS256') })
    const forged = await sign({}, new TextEncoder().encode(JSON.stringify(jwk)))
    expectRefusal(await client.tryLogin('custom-token', { token: forged }), 401, 'AuthError')
  })

  test.each(['not JSON', '{"keys":5}'])('is not reported as wrong while the issuer answers %j', async (body) => {
    const { privateKey } = await generateKeyPair('ES256')
    const jwksUri = await serveKeys(() => body)
    const client = await openTestBackend({ customToken: { jwksUri } })
    const answered = await client.tryLogin('custom-token', { token: await sign({}, privateKey, 'ES256') })
    expectRefusal(answered, 503, 'HTTPError')
    expect(answered.headers.get('retry-after')).toBe('30')
  })

  test('can be linked to an anonymous user', async () => {
    const client = await openTestBackend({ customToken: { secret } })
    const anonymous = await client.login('anon-user', {})
    const token = await sign({})
    expect(await client.tryLogin('custom-token', { token }, anonymous.access_token)).toMatchObject({ status: 200 })
    expect((await client.login('custom-token', { token })).user_id).toBe(anonymous.user_id)
  })
})
