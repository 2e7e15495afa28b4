import { describe, expect, it } from 'vitest'
import { kindOf, standInFor } from '../../../../main/realm/server/token-stand-in.ts'
import { Tokens } from '../../../../main/realm/server/tokens.ts'
import { type SdkRequest, Transport } from '../../../../main/realm/server/transport.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { keyId, newToken } from '../fixtures/scripted-server.ts'
import { limits, newId } from '../fixtures/session.ts'

const client = '/api/client/v2.0'
const times = { exp: 2_000_000_000, iat: 1_900_000_000 }

interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | null
}

/** A transport with one account, on a server with scripted answers: one after the other, and the last one repeatedly. */
function connected(...answers: (Response | Error)[]) {
  const keychain = new MemoryKeychain()
  const tokens = new Tokens(keychain)
  const transport = new Transport(tokens, limits)
  const sent: Sent[] = []
  const id = newId()
  const reach = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init.headers).entries())
    sent.push({ url, method: init.method ?? 'GET', headers, body: (init.body as string | undefined) ?? null })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer instanceof Error) throw answer
    return answer?.clone() ?? Response.json([])
  }
  const base = transport.connect(id, { server: { url: 'https://real.test', appId: 'real-app' }, reach })
  return { keychain, tokens, transport, sent, id, base, reach }
}

interface Heard {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

async function ask(transport: Transport, method: string, url: string, more: Partial<SdkRequest> = {}): Promise<Heard> {
  const heard: Heard[] = []
  await transport.fetchWithCallbacks({ method, url, headers: {}, ...more }, { onSuccess: (response) => void heard.push(response) })
  expect(heard).toHaveLength(1)
  return heard[0] as Heard
}

/** The refusal behind an answer, as looked up for the SDK's error. */
function explained(transport: Transport, { body }: Heard) {
  return transport.explain(new Error((JSON.parse(body) as { error: string }).error))
}

const bearing = (kind: 'access' | 'refresh', header = 'Authorization') => ({
  headers: { [header]: `Bearer ${standInFor(kind, times)}` },
})

describe('a request', () => {
  it('is sent to the account’s own server and app, with only the method, path and body of the SDK', async () => {
    const { transport, sent, base } = connected(Response.json({}))
    const body = '{"provider":"anon-user"}'
    await ask(transport, 'POST', `${base}${client}/app/latchkey-0/auth/providers/anon-user/login`, {
      body,
      headers: { Cookie: 'x', 'User-Agent': 'x' },
    })
    expect(sent).toEqual([
      {
        url: `https://real.test${client}/app/real-app/auth/providers/anon-user/login`,
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' },
        body,
      },
    ])
  })

  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'carries the real token in place of its stand-in, under %s',
    async (header) => {
      const { transport, tokens, sent, base, id } = connected(Response.json([]), Response.json({ identities: [] }))
      const [access, refresh] = [newToken(), newToken()]
      await tokens.begin(id, new Secret(refresh), new Secret(access))
      await ask(transport, 'GET', `${base}${client}/auth/api_keys`, bearing('refresh', header))
      await ask(transport, 'GET', `${base}${client}/auth/profile`, bearing('access', header))
      expect(sent.map(({ headers }) => headers['authorization'])).toEqual([`Bearer ${refresh}`, `Bearer ${access}`])
    },
  )

  it('never carries another account’s token', async () => {
    const { transport, tokens, sent, base, id, reach } = connected()
    const other = transport.connect(newId(), { server: { url: 'https://other.test', appId: 'app-1' }, reach })
    await tokens.begin(id, new Secret(newToken()), new Secret(newToken()))
    const heard = await ask(transport, 'GET', `${other}${client}/auth/api_keys`, bearing('refresh'))
    expect(explained(transport, heard)?.code).toBe('session-ended')
    expect(sent).toEqual([])
    expect(base).not.toBe(other)
  })

  it.each([
    ['an empty token', 'Bearer '],
    ['no token', 'Bearer'],
    ['a token that is no look-alike', `Bearer ${newToken()}`],
    ['another scheme', `Basic ${standInFor('refresh', times)}`],
  ])('with %s is not sent', async (_, Authorization) => {
    const { transport, tokens, sent, base, id } = connected()
    await tokens.begin(id, new Secret(newToken()), new Secret(newToken()))
    const heard = await ask(transport, 'GET', `${base}${client}/auth/api_keys`, { headers: { Authorization } })
    expect(heard.statusCode).toBe(401)
    expect(sent).toEqual([])
  })

  it.each([
    ['a function', 'POST', `${client}/app/app-1/functions/call`],
    ['a key of a wrong id', 'DELETE', `${client}/auth/api_keys/${keyId}0`],
    ['another path', 'GET', '/'],
  ])('for %s is not sent', async (_, method, path) => {
    const { transport, sent, base } = connected()
    const heard = await ask(transport, method, base + path)
    expect(explained(transport, heard)).toMatchObject({ code: 'internal', mayHaveHappened: false })
    expect(sent).toEqual([])
  })

  it.each(['https://real.test', `https://${'0'.repeat(16)}.latchkey.invalid`, 'no url at all '])('to %s is not sent', async (base) => {
    const { transport, sent } = connected()
    const heard = await ask(transport, 'GET', `${base}${client}/auth/api_keys`)
    expect(explained(transport, heard)?.code).toBe('internal')
    expect(sent).toEqual([])
  })

  it('for the location is answered here, with the fictitious host and without a trailing slash', async () => {
    const { transport, sent, base, id } = connected()
    const heard = await ask(transport, 'GET', `${base}${client}/app/latchkey-0/location`)
    expect(JSON.parse(heard.body)).toEqual({
      deployment_model: 'GLOBAL',
      location: 'local',
      hostname: `https://${id}.latchkey.invalid`,
      ws_hostname: `wss://${id}.latchkey.invalid`,
    })
    expect(sent).toEqual([])
  })
})

describe('a retry', () => {
  const unreachable = new TypeError('fetch failed', { cause: new Error('other side closed') })
  const read = ['GET', '/auth/api_keys'] as const
  const tries = [
    ['of a list after a broken connection', ...read, [unreachable, Response.json([])], 2, 200],
    ['of a list after a 503', ...read, [new Response('', { status: 503 }), Response.json([])], 2, 200],
    ['of a list, once and not twice', ...read, [unreachable], 2, 503],
    ['of nothing after a 429', ...read, [new Response('', { status: 429 })], 1, 503],
    ['of nothing after an answer that is none', ...read, [new Response('<p>')], 1, 503],
    ['of no creation', 'POST', '/auth/api_keys', [unreachable, Response.json([])], 1, 503],
    ['of no deletion', 'DELETE', `/auth/api_keys/${keyId}`, [unreachable, new Response(null)], 1, 503],
    ['of no change', 'PUT', `/auth/api_keys/${keyId}/disable`, [new Response('', { status: 500 }), new Response(null)], 1, 503],
    ['of no renewal', 'POST', '/auth/session', [unreachable, Response.json({})], 1, 503],
  ] as const

  it.each(tries)('%s', async (_, method, path, answers, count, status) => {
    const { transport, tokens, sent, base, id } = connected(...answers)
    await tokens.begin(id, new Secret(newToken()), new Secret(newToken()))
    const heard = await ask(transport, method, base + client + path, bearing('refresh'))
    expect({ sent: sent.length, status: heard.statusCode }).toEqual({ sent: count, status })
  })
})

describe('an answer', () => {
  it('contains stand-ins for the server’s tokens, and the real ones are kept', async () => {
    const [access, refresh] = [newToken(), newToken()]
    const { transport, base, keychain, tokens, id } = connected(
      Response.json({ user_id: 'u', access_token: access, refresh_token: refresh }),
    )
    const heard = await ask(transport, 'POST', `${base}${client}/app/a/auth/providers/anon-user/login`, { body: '{}' })
    const body = JSON.parse(heard.body) as { access_token: string; refresh_token: string }
    expect([kindOf(body.access_token), kindOf(body.refresh_token)]).toEqual(['access', 'refresh'])
    expect(heard.body).not.toContain(access.split('.')[2])
    expect(heard.body).not.toContain(refresh.split('.')[2])
    expect(keychain.items.get(`session/${id}`)).toBe(refresh)
    expect((await tokens.realToken(id, 'access'))?.expose()).toBe(access)
    expect([...keychain.items.values()]).not.toContain(access)
  })

  it('that fails gives the SDK a number, with the content type that it parses, and nothing of the server', async () => {
    const { transport, base } = connected(new Response('canary', { status: 400, headers: { 'content-type': 'text/canary' } }))
    const heard = await ask(transport, 'POST', `${base}${client}/app/a/auth/providers/anon-user/login`)
    expect(heard.headers).toEqual({ 'content-type': 'application/json' })
    expect(Object.keys(JSON.parse(heard.body) as object)).toEqual(['error'])
    expect(JSON.stringify(heard)).not.toContain('canary')
  })

  it('that fails is explained once, to the caller that it failed', async () => {
    const { transport, base } = connected(new Response('', { status: 429 }), new Response('', { status: 403 }))
    const url = `${base}${client}/app/a/auth/providers/anon-user/login`
    const [first, second] = [await ask(transport, 'POST', url), await ask(transport, 'POST', url)]
    expect(explained(transport, second)?.code).toBe('not-allowed')
    expect(explained(transport, first)?.code).toBe('throttled')
    expect(explained(transport, first)).toBeNull()
    expect(transport.explain(new Error('the SDK itself'))).toBeNull()
    expect(transport.explain('no error')).toBeNull()
  })

  it('that fails is dropped after a while if it is never looked up', async () => {
    const { transport, base } = connected(new Response('', { status: 429 }))
    const url = `${base}${client}/app/a/auth/providers/anon-user/login`
    const heard: Heard[] = []
    for (let count = 0; count < 101; count += 1) heard.push(await ask(transport, 'POST', url))
    expect(explained(transport, heard[0] as Heard)).toBeNull()
    expect(explained(transport, heard[1] as Heard)?.code).toBe('throttled')
  })

  it('arrives even after an internal error, because the SDK would wait for ever', async () => {
    const { transport, base, keychain } = connected()
    keychain.failing = () => Promise.reject(new Error('broken, with a /path/in/it'))
    const heard = await ask(transport, 'GET', `${base}${client}/auth/api_keys`, bearing('refresh'))
    expect(heard.statusCode).toBe(500)
    expect(heard.body).not.toContain('broken')
    expect(explained(transport, heard)).toMatchObject({ code: 'internal', mayHaveHappened: true })
  })
})
