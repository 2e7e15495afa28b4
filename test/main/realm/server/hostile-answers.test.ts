import { describe, expect, it } from 'vitest'
import { html, json, keyId, newToken, type Script } from '../fixtures/scripted-server.ts'
import { byEmail, expectRefusal, newAccount, signedIn, storedToken } from '../fixtures/session.ts'

const login = 'POST /app/app-1/auth/providers/local-userpass/login'
const list = 'GET /auth/api_keys'
const create = 'POST /auth/api_keys'

const text =
  (body: string, status = 200): Script =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)

describe('an answer that would kill the SDK’s process', () => {
  it.each([
    ['tokens with user_data null', newToken({ user_data: null })],
    ['tokens with user_data of text', newToken({ user_data: 'text' })],
    ['tokens with user_data of an array', newToken({ user_data: [] })],
  ])('%s: signing in works, because the SDK never gets the server’s tokens', async (_, token) => {
    const { keys, server } = await newAccount()
    server.on(login, json(200, { user_id: 'user-1', access_token: token, refresh_token: token, device_id: null }))
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toHaveLength(1)
    expect(server.received.at(-1)?.bearer).toBe(token)
  })

  it('user_data null in a renewed token: the renewal works', async () => {
    const { keys, server } = await signedIn()
    const token = newToken({ user_data: null })
    server.on('POST /auth/session', json(201, { access_token: token }))
    await keys.deleteUser()
    expect(server.received.at(-1)?.bearer).toBe(token)
  })

  it.each([
    ['data.email null', { email: null }],
    ['data.email a number', { email: 7 }],
    ['data null', null],
    ['data missing', undefined],
  ])('%s in a profile: signing in works, because the SDK never gets it', async (_, data) => {
    const { keys, server } = await newAccount()
    server.on('GET /auth/profile', json(200, { identities: [{ id: 'i', provider_type: 'anon-user', provider_id: null }], data }))
    expect(await keys.signIn(byEmail)).toEqual({ userId: 'user-1' })
  })
})

describe('a sign-in that answers with', () => {
  const good = (): Record<string, unknown> => ({
    user_id: 'user-1',
    access_token: newToken(),
    refresh_token: newToken(),
    device_id: '',
  })

  it.each([
    ['no user', { user_id: undefined }],
    ['an empty user', { user_id: '' }],
    ['a user with a NUL', { user_id: 'a\0b' }],
    ['an extended JSON user', { user_id: { $oid: keyId } }],
    ['no access token', { access_token: undefined }],
    ['an access token of two parts', { access_token: 'a.b' }],
    ['an access token that is no JSON', { access_token: 'YQ.YQ.YQ' }],
    ['an access token of an array', { access_token: `YQ.${Buffer.from('[]').toString('base64url')}.YQ` }],
    ['an access token without exp', { access_token: newToken({ exp: undefined }) }],
    ['an access token with exp in words', { access_token: newToken({ exp: '2000000000' }) }],
    ['an access token with half an exp', { access_token: newToken({ exp: 1.5 }) }],
    ['a refresh token without iat', { refresh_token: newToken({ iat: undefined }) }],
    ['a refresh token that would split the header', { refresh_token: `${newToken()}\r\nx: y` }],
    ['a refresh token that is null', { refresh_token: null }],
  ])('%s is an invalid answer, and leaves no session', async (_, fields) => {
    const { keys, server, keychain, id } = await newAccount()
    server.on(login, json(200, { ...good(), ...fields }))
    await expectRefusal(keys.signIn(byEmail), 'answer-invalid', true)
    expect(storedToken(keychain, id)).toBeNull()
    await expectRefusal(keys.fetchAll(), 'session-ended')
  })

  it.each([
    ['no identities', {}],
    ['identities null', { identities: null }],
    ['an identity without an id', { identities: [{ provider_type: 'anon-user' }] }],
    ['an identity that is null', { identities: [null] }],
  ])('%s in its profile is an invalid answer, and leaves no session', async (_, profile) => {
    const { keys, server } = await newAccount()
    server.on('GET /auth/profile', json(200, { ...profile, data: {} }))
    await expectRefusal(keys.signIn(byEmail), 'answer-invalid', true)
    await expectRefusal(keys.fetchAll(), 'session-ended')
  })
})

describe('a list that answers with', () => {
  it.each([
    ['HTML', html(200)],
    ['nothing', text('')],
    ['half of its JSON', text('[{"_id":"0123')],
    ['null', text('null')],
    ['an object', text('{}')],
    ['a key that is null', text('[null]')],
    [
      '1001 keys',
      json(
        200,
        Array.from({ length: 1001 }, (_, index) => ({ _id: index.toString(16).padStart(24, '0'), name: 'a', disabled: false })),
      ),
    ],
    [
      'a key twice',
      json(200, [
        { _id: keyId, name: 'a', disabled: false },
        { _id: keyId, name: 'b', disabled: true },
      ]),
    ],
    ['JSON 50,000 deep', text('['.repeat(50_000))],
  ])('%s is an invalid answer, and keeps the session', async (_, script) => {
    const { keys, server } = await signedIn()
    server.on(list, script)
    await expectRefusal(keys.fetchAll(), 'answer-invalid', true)
    server.on(list)
    expect(await keys.fetchAll()).toHaveLength(1)
  })

  it('JSON under another content type is accepted, as the SDK does', async () => {
    const { keys, server } = await signedIn()
    server.on(list, json(200, [], 'text/plain; charset=utf-8'))
    expect(await keys.fetchAll()).toEqual([])
  })

  it('an error under a 200 is that error', async () => {
    const { keys, server } = await signedIn()
    server.on(list, json(200, { error: 'user disabled', error_code: 'UserDisabled' }))
    await expectRefusal(keys.fetchAll(), 'user-disabled')
  })

  it.each(['application/json; charset=utf-8', 'application/problem+json', 'text/plain'])(
    'an error under the content type %s keeps its exact refusal, which the SDK would lose',
    async (type) => {
      const { keys, server } = await signedIn()
      server.on(create, json(409, { error: 'API key with name already exists', error_code: 'APIKeyAlreadyExists' }, type))
      await expectRefusal(keys.create('deploy'), 'name-taken')
    },
  )

  it('an error whose text is not a string keeps its code', async () => {
    const { keys, server } = await signedIn()
    server.on(create, json(409, { error: { nested: true }, error_code: 'APIKeyAlreadyExists' }))
    await expectRefusal(keys.create('deploy'), 'name-taken')
  })
})
