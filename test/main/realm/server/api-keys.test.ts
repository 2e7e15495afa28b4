import { describe, expect, it } from 'vitest'
import { html, json, keyId, keyValue } from '../fixtures/scripted-server.ts'
import { expectRefusal, newAccount, newId, password, signedIn } from '../fixtures/session.ts'

const uppercase = keyId.toUpperCase()

describe('ids, which are ObjectID objects in the SDK and strings in its types', () => {
  it('are returned as 24 hex digits, from `id` and not from `_id`', async () => {
    const { keys } = await signedIn()
    const { key } = await keys.create('deploy')
    expect(key).toEqual({ id: keyId, name: 'deploy', enabled: true })
    expect(await keys.fetchAll()).toEqual([key])
    expect(await keys.fetch(keyId)).toEqual(key)
  })

  it('are sent as 24 hex digits to the key that they name', async () => {
    const { keys, server } = await signedIn()
    server.received.length = 0
    await keys.enable(keyId)
    await keys.disable(uppercase)
    await keys.delete(keyId)
    expect(server.asked).toEqual([
      `PUT /auth/api_keys/${keyId}/enable`,
      `PUT /auth/api_keys/${keyId}/disable`,
      `DELETE /auth/api_keys/${keyId}`,
    ])
  })

  it.each(['', 'deploy', '0'.repeat(23), '0'.repeat(25), 'z'.repeat(24), '../'.repeat(8)])('%j is never sent', async (id) => {
    const { keys, server } = await signedIn()
    server.received.length = 0
    await expectRefusal(keys.delete(id), 'internal', true)
    expect(server.received).toEqual([])
  })

  // The SDK turns "zzzz" into zeros and a UUID into some other 24 digits, and the next call would affect that key.
  it.each([
    ['23 digits', '0'.repeat(23)],
    ['25 digits', '0'.repeat(25)],
    ['no digits', 'z'.repeat(24)],
    ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
    ['extended JSON', { $oid: keyId }],
    ['a number', 1],
    ['nothing', undefined],
  ])('of %s from the server are an invalid answer to a list, a look-up and a creation', async (_, _id) => {
    const { keys, server } = await signedIn()
    const key = { _id, name: 'deploy', disabled: false }
    server.on('GET /auth/api_keys', json(200, [key]))
    server.on(`GET /auth/api_keys/${keyId}`, json(200, key))
    server.on('POST /auth/api_keys', json(201, { ...key, key: keyValue }))
    await expectRefusal(keys.fetchAll(), 'answer-invalid', true)
    await expectRefusal(keys.fetch(keyId), 'answer-invalid', true)
    await expectRefusal(keys.create('deploy'), 'answer-invalid', true)
  })
})

describe("a key's value", () => {
  it('is returned once, as a secret, in a request with the real refresh token', async () => {
    const { keys, server } = await signedIn()
    const { value } = await keys.create('deploy')
    expect(value.expose()).toBe(keyValue)
    expect(`${value}${JSON.stringify({ value })}`).not.toContain(keyValue)
    expect(server.received.at(-1)).toMatchObject({ body: '{"name":"deploy"}', bearer: server.issued[1] })
  })

  it('is dropped if a server repeats it in a list or a look-up', async () => {
    const { keys, server } = await signedIn()
    const key = { _id: keyId, name: 'deploy', disabled: true, key: keyValue }
    server.on('GET /auth/api_keys', json(200, [key]))
    server.on(`GET /auth/api_keys/${keyId}`, json(200, key))
    expect(JSON.stringify([await keys.fetchAll(), await keys.fetch(keyId)])).not.toContain(keyValue)
  })

  it.each([
    ['null', null],
    ['missing', undefined],
    ['empty', ''],
    ['cut at a NUL by the SDK', `${keyValue}\0${keyValue}`],
    ['a number', 7],
    ['20 kB', 'k'.repeat(20_000)],
  ])('that is %s in a creation is an invalid answer, after which the key may exist', async (_, key) => {
    const { keys, server } = await signedIn()
    server.on('POST /auth/api_keys', json(201, { _id: keyId, name: 'deploy', disabled: false, key }))
    await expectRefusal(keys.create('deploy'), 'answer-invalid', true)
  })
})

describe('concurrent calls', () => {
  it('each get their own answer or refusal', async () => {
    const { keys, server } = await signedIn()
    server.on('POST /auth/api_keys', json(409, { error: 'taken', error_code: 'APIKeyAlreadyExists' }))
    server.on(`PUT /auth/api_keys/${keyId}/enable`, json(403, {}))
    server.on(`PUT /auth/api_keys/${keyId}/disable`, json(429, {}))
    await Promise.all([
      expectRefusal(keys.create('deploy'), 'name-taken'),
      expectRefusal(keys.enable(keyId), 'not-allowed'),
      expectRefusal(keys.disable(keyId), 'throttled'),
      expect(keys.fetchAll()).resolves.toHaveLength(1),
    ])
  })
})

describe('names and states', () => {
  it.each([
    ['a name with a NUL, which the SDK cuts', { name: 'dep\0loy', disabled: false }],
    ['no name', { disabled: false }],
    ['a name that is null', { name: null, disabled: false }],
    ['no state', { name: 'deploy' }],
    ['a state in words', { name: 'deploy', disabled: 'false' }],
    ['extended JSON for a name', { name: { $numberLong: '1' }, disabled: false }],
  ])('with %s are an invalid answer', async (_, fields) => {
    const { keys, server } = await signedIn()
    server.on('GET /auth/api_keys', json(200, [{ _id: keyId, ...fields }]))
    await expectRefusal(keys.fetchAll(), 'answer-invalid', true)
  })

  it('`disabled` is negated into `enabled`', async () => {
    const { keys, server } = await signedIn()
    server.on(`GET /auth/api_keys/${keyId}`, json(200, { _id: keyId, name: 'deploy', disabled: true }))
    expect(await keys.fetch(keyId)).toEqual({ id: keyId, name: 'deploy', enabled: false })
  })
})

// The SDK accepts any 2xx. A proxy's page would pass for a deletion, and the value would be removed with it.
describe('a change that is answered without content', () => {
  const calls = [
    ['enable', `PUT /auth/api_keys/${keyId}/enable`],
    ['disable', `PUT /auth/api_keys/${keyId}/disable`],
    ['delete', `DELETE /auth/api_keys/${keyId}`],
  ] as const

  it.each(calls)('%s does not succeed with an HTML page', async (call, route) => {
    const { keys, server } = await signedIn()
    server.on(route, html(200))
    await expectRefusal(keys[call](keyId), 'answer-invalid', true)
  })

  it.each(calls)('%s does not succeed with a 200 that names an error', async (call, route) => {
    const { keys, server } = await signedIn()
    server.on(route, json(200, { error: 'API key not found', error_code: 'APIKeyNotFound' }))
    await expectRefusal(keys[call](keyId), 'key-not-found')
  })

  it.each(calls)('%s succeeds with a 204, with an empty 200 and with an empty object', async (call, route) => {
    const { keys, server } = await signedIn()
    server.on(
      route,
      (_, response) => response.writeHead(204).end(),
      (_, response) => response.writeHead(200).end(),
      json(200, {}),
    )
    await keys[call](keyId)
    await keys[call](keyId)
    await keys[call](keyId)
    expect(server.asked.filter((asked) => asked === route)).toHaveLength(3)
  })

  it.each(calls)('%s accepts only the server’s own error code that there is no such key', async (call, route) => {
    const { keys, server } = await signedIn()
    server.on(route, html(404), json(404, { error: 'API key not found', error_code: 'APIKeyNotFound' }))
    await expectRefusal(keys[call](keyId), 'app-unknown')
    await expectRefusal(keys[call](keyId), 'key-not-found')
  })

  it('registering does not succeed with an HTML page', async () => {
    const { keys, server } = await newAccount()
    server.on('POST /app/app-1/auth/providers/local-userpass/register', html(200))
    await expectRefusal(keys.register('ada@example.test', password), 'answer-invalid', true)
  })
})

describe('one account logged in twice, for which the SDK has no safe list of users', () => {
  it('works because each account has an SDK app of its own', async () => {
    const { keys, server, servers } = await signedIn()
    const others = [newId(), newId()].map((id) => servers.of({ id, server: { url: server.url, appId: 'app-1' } }))
    for (const other of others) await other.signIn({ method: 'anonymous' })
    await others[0]?.signOut()
    expect(await keys.fetchAll()).toHaveLength(1)
    expect(await others[1]?.fetchAll()).toHaveLength(1)
    expect(server.received.at(-1)?.bearer).toBe(server.issued.at(-1))
    expect(server.received.at(-2)?.bearer).toBe(server.issued[1])
  })
})
