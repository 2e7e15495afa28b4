import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Client, clientUrl, expectRefusal, openTestBackend, type Session } from './opened.ts'

let client: Client
/** Of a user who signed in by e-mail. */
let session: Session
beforeEach(async () => {
  client = await openTestBackend()
  session = await client.newUser()
})

describe('a user API key', () => {
  test('is created with a value that no later answer contains', async () => {
    const created = await client.createKey(session, 'ci-deploy')
    expect(created).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'ci-deploy',
      disabled: false,
      key: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
    })
    const summary = { _id: created._id, name: 'ci-deploy', disabled: false }
    expect((await client.key(session, 'GET', '')).body).toEqual([summary])
    expect((await client.key(session, 'GET', `/${created._id}`)).body).toEqual(summary)
    expect((await client.key(session, 'GET', `/${created._id.toUpperCase()}`)).body).toEqual(summary)
  })

  test('opens a session of its user, with an api-key identity beside the others', async () => {
    const { key, _id } = await client.createKey(session, 'k')
    const opened = await client.login('api-key', { provider: 'api-key', key })
    expect(opened.user_id).toBe(session.user_id)
    const profile = await client.send('GET', `${clientUrl}/auth/profile`, { token: opened.access_token })
    expect(profile.body).toMatchObject({
      user_id: session.user_id,
      identities: [{ provider_type: 'local-userpass' }, { id: _id, provider_type: 'api-key' }],
    })
  })

  test('cannot sign in while disabled, and can again when enabled', async () => {
    const { key, _id } = await client.createKey(session, 'k')
    expect(await client.key(session, 'PUT', `/${_id}/disable`)).toMatchObject({ status: 204, text: '' })
    expect((await client.key(session, 'PUT', `/${_id}/disable`)).status).toBe(204)
    expect((await client.key(session, 'GET', `/${_id}`)).body).toMatchObject({ disabled: true })
    expectRefusal(await client.tryLogin('api-key', { key }), 401, 'AuthError')
    expect((await client.key(session, 'PUT', `/${_id}/enable`)).status).toBe(204)
    expect((await client.key(session, 'PUT', `/${_id}/enable`)).status).toBe(204)
    await client.login('api-key', { key })
  })

  test.each(['disable', 'delete'])('ends the sessions opened with it: %s', async (how) => {
    const { key, _id } = await client.createKey(session, 'k')
    const opened = await client.login('api-key', { key })
    expect((await client.send('POST', `${clientUrl}/auth/session`, { token: opened.refresh_token })).status).toBe(201)
    if (how === 'disable') await client.key(session, 'PUT', `/${_id}/disable`)
    else await client.key(session, 'DELETE', `/${_id}`)
    const refresh = await client.send('POST', `${clientUrl}/auth/session`, { token: opened.refresh_token })
    expectRefusal(refresh, 401, 'InvalidSession')
    expectRefusal(await client.send('GET', `${clientUrl}/auth/profile`, { token: opened.access_token }), 401, 'InvalidSession')
    expect((await client.key(session, 'GET', '')).status).toBe(200)
  })

  test('no longer exists when deleted, and its name is free again', async () => {
    const { key, _id } = await client.createKey(session, 'k')
    expect((await client.key(session, 'DELETE', `/${_id}`)).status).toBe(204)
    expectRefusal(await client.key(session, 'DELETE', `/${_id}`), 404, 'APIKeyNotFound')
    expectRefusal(await client.key(session, 'GET', `/${_id}`), 404, 'APIKeyNotFound')
    expectRefusal(await client.tryLogin('api-key', { key }), 401, 'AuthError')
    await client.createKey(session, 'k')
  })

  test('of another user looks like one that does not exist', async () => {
    const stranger = await client.newUser('stranger@example.test')
    const { _id } = await client.createKey(session, 'k')
    const unknown = await client.key(stranger, 'GET', `/${'0'.repeat(24)}`)
    expectRefusal(unknown, 404, 'APIKeyNotFound')
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', '/enable'],
      ['PUT', '/disable'],
      ['DELETE', ''],
    ] as const) {
      expect((await client.key(stranger, method, `/${_id}${path}`)).text).toBe(unknown.text)
    }
    expect((await client.key(session, 'GET', `/${_id}`)).body).toMatchObject({ disabled: false })
  })

  test('cannot be requested by an invalid id', async () => {
    for (const id of ['short', 'g'.repeat(24), '0'.repeat(25), '%00', '%zz', '0'.repeat(5000)]) {
      expectRefusal(await client.key(session, 'GET', `/${id}`), 400, 'InvalidParameter')
    }
  })
})

describe('the name of an API key', () => {
  const refused = [
    ['', 'MissingParameter'],
    [undefined, 'MissingParameter'],
    ['a b', 'InvalidParameter'],
    ['schlüssel', 'InvalidParameter'],
    ['a\0', 'InvalidParameter'],
    ['a\n', 'InvalidParameter'],
    ['a/b', 'InvalidParameter'],
    ['a'.repeat(65), 'InvalidParameter'],
    [5, 'InvalidParameter'],
    [null, 'InvalidParameter'],
    [{ $numberInt: '5' }, 'InvalidParameter'],
    [['a'], 'InvalidParameter'],
  ] as const

  test('is refused if it is empty, too long, not a string or has other characters', async () => {
    for (const [name, errorCode] of refused) expectRefusal(await client.tryCreate(session, name), 400, errorCode)
    expect((await client.key(session, 'GET', '')).body).toEqual([])
  })

  test('may have 64 characters; the same name is refused twice, but not in another case', async () => {
    await client.createKey(session, 'a'.repeat(64))
    await client.createKey(session, 'deploy')
    expectRefusal(await client.tryCreate(session, 'deploy'), 409, 'APIKeyAlreadyExists')
    await client.createKey(session, 'Deploy')
    await client.createKey(await client.newUser('other@example.test'), 'deploy')
  })

  test('is accepted exactly if all its characters are allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 70 }), async (name) => {
        const answered = await client.tryCreate(session, name)
        const allowed = /^[A-Za-z0-9_-]{1,64}$/.test(name)
        expect(answered.status).toBe(allowed ? 201 : 400)
        if (allowed) await client.key(session, 'DELETE', `/${(answered.body as { _id: string })._id}`)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the limit of 20 keys', () => {
  test('is not exceeded by 40 concurrent creations', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => client.tryCreate(session, `k${index}`)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20)
    for (const answered of answers.filter(({ status }) => status !== 201)) expectRefusal(answered, 429, 'APIKeyLimitReached')
    expect((await client.key(session, 'GET', '')).body).toHaveLength(20)
  })

  test('allows another key after a deletion, and concurrent creations of one name create one', async () => {
    const first = await client.createKey(session, 'first')
    for (let index = 1; index < 20; index += 1) await client.createKey(session, `k${index}`)
    expectRefusal(await client.tryCreate(session, 'one-more'), 429, 'APIKeyLimitReached')
    await client.key(session, 'DELETE', `/${first._id}`)
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.tryCreate(session, 'one-more')))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })
})

describe('permission to manage keys', () => {
  test('is refused to an anonymous user on every route, and the session goes on', async () => {
    const anonymous = await client.login('anon-user', { provider: 'anon-user' })
    const id = '0'.repeat(24)
    for (const [method, path] of [
      ['POST', ''],
      ['GET', ''],
      ['GET', `/${id}`],
      ['PUT', `/${id}/enable`],
      ['PUT', `/${id}/disable`],
      ['DELETE', `/${id}`],
    ] as const) {
      expectRefusal(await client.key(anonymous, method, path), 403, 'Forbidden')
    }
    expect((await client.send('POST', `${clientUrl}/auth/session`, { token: anonymous.refresh_token })).status).toBe(201)
  })

  test('is refused to a session opened with a key, which may not link or delete its user either', async () => {
    const { key } = await client.createKey(session, 'k')
    const opened = await client.login('api-key', { key })
    expectRefusal(await client.key(opened, 'GET', ''), 403, 'Forbidden')
    expectRefusal(await client.tryCreate(opened, 'successor'), 403, 'Forbidden')
    expectRefusal(await client.tryLogin('local-userpass', { username: 'a@b.c', password: 'secret' }, opened.access_token), 403, 'Forbidden')
    expectRefusal(await client.send('DELETE', `${clientUrl}/auth/delete`, { token: opened.access_token }), 403, 'Forbidden')
  })

  test('requires the kind of token that each route expects: access or refresh', async () => {
    const swapped = { ...session, refresh_token: session.access_token }
    expectRefusal(await client.key(swapped, 'GET', ''), 401, 'InvalidSession')
    expectRefusal(await client.send('GET', `${clientUrl}/auth/profile`, { token: session.refresh_token }), 401, 'InvalidSession')
  })
})
