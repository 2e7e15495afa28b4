import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { BackendOptions } from '../../../backend/backend.ts'
import { clientUrl, expectRefusal, openTestBackend, type Answered, type Client, type Session } from '../opened.ts'
import { addService, openServed, serviceUrl } from './service.ts'

const begin = Date.parse('2030-01-01T00:00:00Z')

interface Managed {
  readonly client: Client
  readonly dataDir: string
  readonly owner: Session
  readonly key: { readonly _id: string; readonly key: string }
  readonly managing: string
  /** The credential of a service that may only check. */
  readonly checking: string
  readonly verify: (body: unknown) => Promise<Answered>
  readonly get: () => Promise<Answered>
  readonly patch: (body: unknown) => Promise<Answered>
}

/** A backend with a key, and a service that may manage keys. */
async function openManaged(options: Partial<BackendOptions> = {}): Promise<Managed> {
  const { client, dataDir, credential: checking, verify } = await openServed(options)
  const managing = addService(dataDir, 'console', true)
  const owner = await client.newUser()
  const key = await client.createKey(owner, 'ci-deploy')
  const url = `${serviceUrl}/api_keys/${key._id}`
  return {
    ...{ client, dataDir, owner, key, managing, checking, verify },
    get: () => client.send('GET', url, { token: managing }),
    patch: (body) => client.send('PATCH', url, { token: managing, body }),
  }
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}

describe('a service that may manage keys', () => {
  test('sees a key of any user, without its value', async () => {
    const { get, key, owner } = await openManaged({ clock: () => new Date(begin) })
    const answered = await get()
    expect([answered.status, answered.body]).toEqual([
      200,
      {
        ...{ key_id: key._id, user_id: owner.user_id, name: 'ci-deploy', disabled: false, created_at: '2030-01-01T00:00:00.000Z' },
        ...{ expires_at: null, scopes: [], metadata: {}, last_used_at: null },
      },
    ])
    expect(answered.text).not.toContain(key.key)
  })

  test('sets expiry, scopes and metadata, alone or together, which the check answers with', async () => {
    const { patch, get, verify, key } = await openManaged({ clock: () => new Date(begin) })
    expect((await patch({ scopes: ['deploy:write', 'logs:read'] })).body).toMatchObject({ scopes: ['deploy:write', 'logs:read'] })
    expect((await patch({ metadata: { team: 'payments', constructor: '1' } })).status).toBe(200)
    const changed = await patch({ expires_at: '2031-01-01T00:00:00Z' })
    const details = {
      expires_at: '2031-01-01T00:00:00.000Z',
      scopes: ['deploy:write', 'logs:read'],
      metadata: { team: 'payments', constructor: '1' },
    }
    expect(changed.body).toMatchObject(details)
    expect((await get()).body).toEqual(changed.body)
    expect((await verify({ key: key.key })).body).toMatchObject({ valid: true, ...details, cache_seconds: 30 })
    expect((await patch({ expires_at: null, scopes: [], metadata: {} })).body).toMatchObject({ expires_at: null, scopes: [], metadata: {} })
    expect((await verify({ key: key.key })).body).toMatchObject({ valid: true, expires_at: null, scopes: [], metadata: {} })
  })

  test('is told of an unknown and a deleted key alike, and of an id that can be none', async () => {
    const { client, patch, get, key, owner, managing } = await openManaged()
    await client.key(owner, 'DELETE', `/${key._id}`)
    for (const answered of [await get(), await patch({ scopes: [] })]) expectRefusal(answered, 404, 'APIKeyNotFound')
    for (const id of ['x', '0'.repeat(25), '%00', 'verify'])
      expectRefusal(await client.send('GET', `${serviceUrl}/api_keys/${id}`, { token: managing }), 404, 'NotFound')
  })

  test.each([
    [{}],
    [{ name: 'other' }],
    [{ scopes: [], disabled: true }],
    [{ scopes: 'a' }],
    [{ scopes: ['a b'] }],
    [{ scopes: ['a', 'a'] }],
    [{ scopes: [''] }],
    [{ scopes: ['a"b'] }],
    [{ scopes: ['é'] }],
    [{ scopes: ['x'.repeat(65)] }],
    [{ scopes: Array.from({ length: 51 }, (_, index) => `s${index}`) }],
    [{ scopes: null }],
    [{ expires_at: 5 }],
    [{ expires_at: 'tomorrow' }],
    [{ expires_at: '2031-01-01' }],
    [{ expires_at: '2031-13-01T00:00:00Z' }],
    [{ expires_at: '2031-01-01T00:00:00+01:00' }],
    [{ metadata: [] }],
    [{ metadata: null }],
    [{ metadata: { a: 1 } }],
    [{ metadata: { '': 'a' } }],
    [{ metadata: { 'a b': 'a' } }],
    [{ metadata: { a: 'x'.repeat(513) } }],
    [{ metadata: { a: 'a\0' } }],
    ['{"metadata":{"__proto__":"a"}}'],
    [{ metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`n${index}`, ''])) }],
  ])('is refused %j, and changes nothing', async (body) => {
    const { patch, get } = await openManaged()
    const before = (await get()).body
    const answered = await patch(body)
    expect([answered.status, answered.body]).toEqual([400, { error: expect.any(String), error_code: expect.stringMatching(/Parameter$/) }])
    expect((await get()).body).toEqual(before)
  })

  test('gets back every metadata and all scopes that it may set', async () => {
    const { patch, verify, key } = await openManaged()
    const metadata = fc.dictionary(
      fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/),
      fc.string({ unit: 'grapheme', maxLength: 100 }).filter((text) => !text.includes('\0')),
      { maxKeys: 20 },
    )
    const scopes = fc.uniqueArray(fc.stringMatching(/^[\x21\x23-\x5B\x5D-\x7E]{1,64}$/), { maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(metadata, scopes, async (some, list) => {
        const given = { metadata: { ...some }, scopes: list }
        expect((await patch(given)).body).toMatchObject(given)
        expect((await verify({ key: key.key })).body).toMatchObject({ valid: true, ...given })
      }),
      { numRuns: 50 },
    )
  })

  test('makes every service that keeps the key’s answer ask again', async () => {
    const { client, patch, key, checking } = await openManaged()
    const stop = new AbortController()
    const request = new Request(`${serviceUrl}/api_keys/revocations`, {
      headers: { Authorization: `Bearer ${checking}` },
      signal: stop.signal,
    })
    const reader = (await client.backend.fetch(request)).body?.getReader()
    let heard = ''
    const read = async (until: string): Promise<void> => {
      while (!heard.includes(until)) heard += new TextDecoder().decode((await reader?.read())?.value)
    }
    await read(':\n\n')
    await patch({ scopes: ['a'] })
    await read(`data: {"key_id":"${key._id}"}`)
    await reader?.cancel()
  })

  test('only: other services, users and nobody are refused', async () => {
    const { client, key, owner, checking } = await openManaged()
    const url = `${serviceUrl}/api_keys/${key._id}`
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { scopes: ['admin'] }],
    ] as const) {
      expectRefusal(await client.send(method, url, { token: checking, body }), 403, 'Forbidden')
      expectRefusal(await client.send(method, url, { body }), 401, 'MissingAuthReq')
      for (const token of [owner.access_token, owner.refresh_token, key.key])
        expectRefusal(await client.send(method, url, { token, body }), 401, 'AuthError')
    }
  })
})

describe('a key that has expired', () => {
  test('is answered as one that never was, by check and login, and works again with a later expiry', async () => {
    let now = begin
    const { client, key, patch, verify, get } = await openManaged({ clock: () => new Date(now) })
    await patch({ expires_at: '2030-01-01T00:10:00Z' })
    now = begin + 10 * 60_000 - 1
    expect((await verify({ key: key.key })).body).toMatchObject({ valid: true, cache_seconds: 0 })
    now += 1
    const unknown = await verify({ key: 'A'.repeat(64) })
    expect((await verify({ key: key.key })).text).toBe(unknown.text)
    expectRefusal(await client.tryLogin('api-key', { key: key.key }), 401, 'AuthError')
    expect((await get()).body).toMatchObject({ disabled: false, expires_at: '2030-01-01T00:10:00.000Z' })
    await patch({ expires_at: '2030-01-01T00:20:00Z' })
    expect((await verify({ key: key.key })).body).toMatchObject({ valid: true })
    await client.login('api-key', { key: key.key })
  })

  test('is kept by no service for longer than it is valid', async () => {
    const { verify, patch, key } = await openManaged({ clock: () => new Date(begin) })
    await patch({ expires_at: '2030-01-01T00:00:12.500Z' })
    expect((await verify({ key: key.key })).body).toMatchObject({ valid: true, cache_seconds: 12 })
  })

  test('ends its sessions and their access tokens, also those from before the expiry was set', async () => {
    let now = begin
    const { client, key, owner, patch } = await openManaged({ clock: () => new Date(now) })
    const session = await client.login('api-key', { key: key.key })
    await patch({ expires_at: '2030-01-01T00:02:00Z' })
    const refresh = () => client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    const { access_token: token } = (await refresh()).body as Session
    expect(claimsOf(token)['exp']).toBe(begin / 1000 + 120)
    now += 120_000
    expectRefusal(await refresh(), 401, 'InvalidSession')
    expectRefusal(await client.send('GET', `${clientUrl}/auth/profile`, { token: session.access_token }), 401, 'InvalidSession')
    expect((await client.key(owner, 'GET', '')).body).toMatchObject([{ _id: key._id, disabled: false }])
  })
})

describe('the scopes of a key', () => {
  test('are in the access tokens of its sessions, as they are when the token is made', async () => {
    const { client, key, patch } = await openManaged()
    const session = await client.login('api-key', { key: key.key })
    expect(claimsOf(session.access_token)).not.toHaveProperty('scope')
    await patch({ scopes: ['deploy:write', 'logs:read'] })
    const refreshed = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    expect(claimsOf((refreshed.body as Session).access_token)['scope']).toBe('deploy:write logs:read')
    expect(claimsOf((await client.login('api-key', { key: key.key })).access_token)['scope']).toBe('deploy:write logs:read')
  })
})

describe('the last use of a key', () => {
  afterEach(() => void vi.useRealTimers())

  test('is stored every 30 seconds, however often the key was checked or logged in with', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let now = begin
    const { client, verify, get, key } = await openManaged({ clock: () => new Date(now) })
    await verify({ key: key.key })
    now += 1000
    await client.login('api-key', { key: key.key })
    await verify({ key: `${key.key}x` })
    vi.advanceTimersByTime(29_000)
    expect((await get()).body).toMatchObject({ last_used_at: null })
    vi.advanceTimersByTime(1000)
    await expect.poll(async () => (await get()).body).toMatchObject({ last_used_at: '2030-01-01T00:00:01.000Z' })
    now += 60_000
    await verify({ key: key.key })
    vi.advanceTimersByTime(30_000)
    await expect.poll(async () => (await get()).body).toMatchObject({ last_used_at: '2030-01-01T00:01:01.000Z' })
  })

  test('is stored when the server ends, and a refused key is not used', async () => {
    const { client, dataDir, verify, key, owner, managing } = await openManaged({ clock: () => new Date(begin) })
    const disabled = await client.createKey(owner, 'disabled')
    await client.key(owner, 'PUT', `/${disabled._id}/disable`)
    await Promise.all([verify({ key: key.key }), verify({ key: disabled.key })])
    await client.backend.close()
    const again = await openTestBackend({ dataDir })
    const lastUse = async (id: string) => (await again.send('GET', `${serviceUrl}/api_keys/${id}`, { token: managing })).body
    expect(await lastUse(key._id)).toMatchObject({ last_used_at: '2030-01-01T00:00:00.000Z' })
    expect(await lastUse(disabled._id)).toMatchObject({ last_used_at: null })
  })
})
