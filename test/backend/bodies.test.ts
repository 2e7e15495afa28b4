import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appUrl, clientUrl, expectRefusal, openTestBackend } from './opened.ts'

const login = `${appUrl}/auth/providers/anon-user/login`

describe('a request body', () => {
  test.each([
    ['not JSON', '{', 400, 'BadRequest'],
    ['an array', '[]', 400, 'BadRequest'],
    ['a number', '5', 400, 'BadRequest'],
    ['null', 'null', 400, 'BadRequest'],
    ['deep', '['.repeat(30_000), 400, 'BadRequest'],
    ['deep in an object', `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, 400, 'BadRequest'],
    ['larger than 64 KiB', `{"a":"${'x'.repeat(70_000)}"}`, 413, 'ReadSizeLimitExceeded'],
  ])('that is %s is refused', async (_, body, status, errorCode) => {
    expectRefusal(await (await openTestBackend()).send('POST', login, { body }), status, errorCode)
  })

  // Regression: if the sender had disconnected before the body was read, creating the server's stream threw, and was logged as a fault of
  // the server.
  test('whose sender has already disconnected is refused', async () => {
    const { backend } = await openTestBackend()
    const request = new Request(login, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    Object.defineProperty(request, 'body', {
      get: () => {
        throw new TypeError('disturbed')
      },
    })
    const response = await backend.fetch(request)
    expect([response.status, await response.json()]).toMatchObject([400, { error_code: 'BadRequest' }])
  })

  test('with brackets inside of strings is not too deep, and an empty one is an empty object', async () => {
    const client = await openTestBackend()
    const body = { options: { device: { platform: '\\"[[[[{{{{'.repeat(100) } } }
    expect((await client.send('POST', login, { body })).status).toBe(200)
    expect((await client.send('POST', login)).status).toBe(200)
  })

  test('that is sent as a form or plain text is refused, because foreign pages can send those', async () => {
    const client = await openTestBackend()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      expectRefusal(await client.send('POST', login, { body: {}, headers: { 'Content-Type': type } }), 415, 'BadRequest')
      // Regression: an empty body needed no content type, so any page that was open could create anonymous users at a server on the same
      // computer.
      expectRefusal(await client.send('POST', login, { headers: { 'Content-Type': type } }), 415, 'BadRequest')
    }
  })

  test('that is not UTF-8, or larger than announced, is refused', async () => {
    const client = await openTestBackend()
    const send = (body: BodyInit, headers = {}) =>
      client.backend.fetch(new Request(login, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } }))
    expect((await send(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))).status).toBe(400)
    expect((await send('x'.repeat(70_000), { 'Content-Length': '5' })).status).toBe(413)
  })

  test('whose sender disconnects is refused, and nothing crashes', async () => {
    const client = await openTestBackend()
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"a":'))
        controller.error(new Error('gone'))
      },
    })
    const init = { method: 'POST', body: broken, duplex: 'half', headers: { 'Content-Type': 'application/json' } }
    expect((await client.backend.fetch(new Request(login, init as RequestInit))).status).toBe(400)
  })

  test('of any text or JSON never causes a 5xx, on any route', async () => {
    const client = await openTestBackend()
    const session = await client.newUser()
    const routes = [
      `${appUrl}/auth/providers/local-userpass/confirm`,
      `${appUrl}/auth/providers/local-userpass/confirm/send`,
      `${appUrl}/auth/providers/local-userpass/reset`,
      `${appUrl}/auth/providers/local-userpass/reset/send`,
      `${appUrl}/auth/providers/api-key/login`,
      `${appUrl}/auth/providers/anon-user/login`,
      `${clientUrl}/auth/api_keys`,
      `${clientUrl}/auth/session`,
    ]
    const names = fc.constantFrom('email', 'password', 'token', 'tokenId', 'key', 'name', 'options', '__proto__', 'username')
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.dictionary(names, fc.jsonValue()).map((value) => JSON.stringify(value)),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), bodies, async (url, body) => {
        const { status } = await client.send('POST', url, { token: session.refresh_token, body })
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
  })

  test('with any path and method never causes a 5xx', async () => {
    const client = await openTestBackend()
    const segment = fc.oneof(
      fc.string({ unit: 'binary' }).map(encodeSafely),
      fc.constantFrom('%', '%zz', '..', '%2e%2e', 'auth', 'app', '%00'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { maxLength: 6 }),
        fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'),
        async (path, method) => {
          const answered = await client.send(method, `${clientUrl}/${path.join('/')}`)
          expect(answered.status).toBeLessThan(500)
        },
      ),
      { numRuns: 300 },
    )
  })
})

function encodeSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))
}
