import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expressKey } from '../../../backend/middleware/express.ts'
import { fastifyKey } from '../../../backend/middleware/fastify.ts'
import { honoKey, withKey } from '../../../backend/middleware/fetch.ts'
import type { VerifiedKey } from '../../../backend/middleware/key-cache.ts'
import type { KeyVerifier } from '../../../backend/middleware/key-verifier.ts'
import { removeService } from '../services/service.ts'
import { serveKeys } from './served-verifier.ts'

type Send = (headers: Record<string, string>) => Promise<Response>

/** Each adapter as a service that answers with the name of the key. */
const adapters: Record<string, (verifier: KeyVerifier) => Send | Promise<Send>> = {
  fetch(verifier) {
    const handler = withKey(verifier, (_request, key, greeting: string) => new Response(`${greeting} ${key.name}`))
    return (headers) => handler(new Request('http://service.test/', { headers }), 'hello')
  },
  Hono(verifier) {
    const app = new Hono<{ Variables: { apiKey: VerifiedKey } }>()
    app.use(honoKey(verifier))
    app.get('/', (c) => c.text(`hello ${c.get('apiKey').name}`))
    return async (headers) => app.request('/', { headers })
  },
  /** Express calls middleware with Node's own request and response, as here. */
  async Express(verifier) {
    const middleware = expressKey(verifier)
    const server = createServer((req: IncomingMessage & { apiKey?: VerifiedKey }, res) =>
      middleware(req, res, (error) => res.end(error === undefined ? `hello ${req.apiKey?.name}` : 'failed')),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return (headers) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers })
  },
  /** A fake of Fastify's reply: what the hook calls on it. */
  Fastify(verifier) {
    const hook = fastifyKey(verifier)
    return async (headers) => {
      let [status, sent, given]: [number, string | undefined, Record<string, string>] = [200, undefined, {}]
      const reply = {
        code: (code: number) => ((status = code), reply),
        headers: (more: Record<string, string>) => ((given = more), reply),
        send: (body: string) => ((sent = body), reply),
      }
      const request: { headers: Record<string, string>; apiKey?: VerifiedKey } = {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      }
      const returned = await hook(request, reply)
      expect(returned).toBe(sent === undefined ? undefined : reply)
      return new Response(sent ?? `hello ${request.apiKey?.name}`, { status, headers: given })
    }
  },
}

describe.each(Object.entries(adapters))('the adapter for %s', (_, open) => {
  test('lets requests with a good key through, and gives the key to their handler', async () => {
    const { client, newVerifier } = await serveKeys()
    const { key } = await client.createKey(await client.newUser(), 'ci-deploy')
    const send = await open(newVerifier())
    for (const headers of [{ Authorization: `Bearer ${key}` }, { 'X-API-Key': key }, { authorization: `bearer  ${key}` }] as const) {
      const response = await send(headers as Record<string, string>)
      expect([response.status, await response.text()]).toEqual([200, 'hello ci-deploy'])
    }
  })

  test('answers a missing, a disabled and a malformed key alike with 401', async () => {
    const { client, newVerifier, checks } = await serveKeys()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    await client.key(owner, 'PUT', `/${_id}/disable`)
    const send = await open(newVerifier())
    const denied: Record<string, string>[] = [
      { Authorization: `Bearer ${key}` },
      {},
      { Authorization: `Basic ${key}` },
      { Authorization: 'Bearer ' },
      { Authorization: 'Bearer a b' },
      { 'X-API-Key': 'x'.repeat(513) },
      { Authorization: 'Basic eDp5', 'X-API-Key': key },
    ]
    for (const headers of denied) {
      const response = await send(headers)
      expect([response.status, await response.json()]).toEqual([401, { error: 'a valid API key is required' }])
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(checks()).toBe(1)
  })

  test('answers with 503 if keys cannot be checked', async () => {
    const { client, newVerifier, dataDir } = await serveKeys()
    const { key } = await client.createKey(await client.newUser(), 'k')
    const send = await open(newVerifier())
    removeService(dataDir)
    const response = await send({ Authorization: `Bearer ${key}` })
    expect([response.status, await response.json()]).toEqual([503, { error: 'API keys cannot be checked right now' }])
    expect(response.headers.get('retry-after')).toBe('5')
  })
})
