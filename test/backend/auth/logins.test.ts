import { describe, expect, test } from 'vitest'
import { appUrl, clientUrl, email, expectRefusal, openTestBackend, password } from '../opened.ts'

describe('registration', () => {
  test('confirms at once without mail, and accepts each address once, ignoring case', async () => {
    const client = await openTestBackend()
    const registered = await client.register('Ada@Example.test')
    expect(registered).toMatchObject({ status: 201, text: '' })
    // realm-web parses a body by this header.
    expect(registered.headers.get('content-type')).toBeNull()
    expectRefusal(await client.register('ada@example.TEST'), 409, 'AccountNameInUse')
    await client.login('local-userpass', { username: 'ADA@example.test', password })
  })

  test('of one address, many times concurrently, succeeds once', async () => {
    const client = await openTestBackend()
    const answers = await Promise.all(Array.from({ length: 4 }, () => client.register()))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })

  test.each([
    '',
    'ada',
    '@b',
    'a@',
    'a b@c',
    'a@b@c',
    'a\r\nBcc: x@y.z@b',
    'a,b@c',
    '<a@b>',
    `${'a'.repeat(65)}@b`,
    `a@${'b'.repeat(255)}`,
  ])('refuses the address %j', async (address) => {
    expectRefusal(await (await openTestBackend()).register(address), 400, 'InvalidParameter')
  })

  test('refuses passwords of less than 6 and more than 128 characters, and accepts all others', async () => {
    const client = await openTestBackend()
    expectRefusal(await client.register(email, '12345'), 400, 'InvalidParameter')
    expectRefusal(await client.register(email, 'x'.repeat(129)), 400, 'InvalidParameter')
    expectRefusal(await client.register(email, 'lone \ud800 surrogate'), 400, 'InvalidParameter')
    const odd = '🔑'.repeat(128)
    expect((await client.register(email, odd)).status).toBe(201)
    expect((await client.tryPassword(email, odd)).status).toBe(200)
  })

  test('accepts the same password in decomposed characters', async () => {
    const client = await openTestBackend()
    await client.register(email, 'se\u0301same-ouvre')
    expect((await client.tryPassword(email, 's\u00e9same-ouvre')).status).toBe(200)
  })

  test('without mail has no reset and no resend, and answers so for every address alike', async () => {
    const client = await openTestBackend()
    await client.register()
    const send = (what: string, address: string) =>
      client.send('POST', `${appUrl}/auth/providers/local-userpass/${what}/send`, { body: { email: address } })
    expectRefusal(await send('reset', email), 400, 'BadRequest')
    expectRefusal(await send('confirm', email), 400, 'UserAlreadyConfirmed')
    expect((await send('reset', 'nobody@example.test')).text).toBe((await send('reset', email)).text)
    expect((await send('confirm', 'nobody@example.test')).text).toBe((await send('confirm', email)).text)
    const body = { token: 't', tokenId: 'i', password }
    expectRefusal(await client.send('POST', `${appUrl}/auth/providers/local-userpass/reset`, { body }), 400, 'BadRequest')
  })
})

describe('login', () => {
  test('answers an unknown address like a wrong password', async () => {
    const client = await openTestBackend()
    await client.register()
    const wrong = await client.tryPassword(email, 'not the password')
    const unknown = await client.tryPassword('nobody@example.test')
    expectRefusal(wrong, 401, 'InvalidPassword')
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    for (const noAddress of ['', 'x', 'a\0b@c', 'x'.repeat(10_000)]) {
      const answered = await client.tryPassword(noAddress)
      expect([400, 401]).toContain(answered.status)
    }
  })

  test('creates one user per address, even if its first logins are concurrent', async () => {
    const client = await openTestBackend()
    await client.register()
    const sessions = await Promise.all(Array.from({ length: 4 }, () => client.login('local-userpass', { username: email, password })))
    expect(new Set(sessions.map((session) => session.user_id)).size).toBe(1)
    expect(new Set(sessions.map((session) => session.refresh_token)).size).toBe(4)
  })

  test('stores the device id that a client sends', async () => {
    const client = await openTestBackend()
    const deviceId = '0123456789abcdef01234567'
    expect((await client.login('anon-user', { options: { device: { deviceId } } })).device_id).toBe(deviceId)
    // Regression: realm-web 2.0.1 sends it in this form when linking, and was refused.
    expect((await client.login('anon-user', { options: { device: { deviceId: { $oid: deviceId } } } })).device_id).toBe(deviceId)
    expect((await client.login('anon-user', { options: { device: { deviceId: 'x' } } })).device_id).toMatch(/^[0-9a-f]{24}$/)
  })

  test.each([
    ['local-userpass', {}, 'MissingParameter'],
    ['local-userpass', { username: 'a@b.c' }, 'MissingParameter'],
    ['local-userpass', { username: 5, password: 'x' }, 'InvalidParameter'],
    ['local-userpass', { username: { $gt: '' }, password: { $gt: '' } }, 'InvalidParameter'],
    ['local-userpass', { username: ['a'], password: 'x' }, 'InvalidParameter'],
    ['api-key', {}, 'MissingParameter'],
    ['api-key', { key: null }, 'InvalidParameter'],
    ['api-key', { key: { $oid: '0'.repeat(24) } }, 'InvalidParameter'],
    ['anon-user', { options: 'x' }, 'InvalidParameter'],
    ['local-userpass', JSON.parse('{"__proto__":{"username":"a@b.c","password":"secret"}}') as object, 'MissingParameter'],
  ])('by %s refuses %j', async (provider, body, errorCode) => {
    expectRefusal(await (await openTestBackend()).tryLogin(provider, body), 400, errorCode)
  })

  test.each(['', 'x', 'x'.repeat(64), 'x'.repeat(65), 'é'.repeat(64), "' or 1=1 --"])(
    'by the API key %j is refused as wrong',
    async (key) => {
      expectRefusal(await (await openTestBackend()).tryLogin('api-key', { key }), 401, 'AuthError')
    },
  )
})

describe('linking', () => {
  test('makes an anonymous user a normal one with the same id, who may then manage keys', async () => {
    const client = await openTestBackend()
    const anonymous = await client.login('anon-user', {})
    await client.register()
    const linked = await client.tryLogin('local-userpass', { username: email, password }, anonymous.access_token)
    expect(linked).toMatchObject({
      status: 200,
      body: {
        user_id: anonymous.user_id,
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        device_id: expect.any(String),
      },
    })
    const session = await client.login('local-userpass', { username: email, password })
    expect(session.user_id).toBe(anonymous.user_id)
    await client.createKey(session, 'k')
    const profile = await client.send('GET', `${clientUrl}/auth/profile`, { token: anonymous.access_token })
    expect(profile.body).toMatchObject({
      identities: [{ provider_type: 'anon-user' }, { provider_type: 'local-userpass' }],
      data: { email },
    })
  })

  test('gives an identity to one of two users who claim it concurrently', async () => {
    const client = await openTestBackend()
    const users = await Promise.all([client.login('anon-user', {}), client.login('anon-user', {})])
    await client.register()
    const answers = await Promise.all(
      users.map((user) => client.tryLogin('local-userpass', { username: email, password }, user.access_token)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('never takes an identity from its user, nor gives a user a second one of its kind', async () => {
    const client = await openTestBackend()
    const owner = await client.newUser()
    const anonymous = await client.login('anon-user', {})
    expectRefusal(await client.tryLogin('local-userpass', { username: email, password }, anonymous.access_token), 409, 'AccountNameInUse')
    await client.register('second@example.test')
    const second = { username: 'second@example.test', password }
    expectRefusal(await client.tryLogin('local-userpass', second, owner.access_token), 409, 'AccountNameInUse')
  })

  test('requires a live access token and the right password, and is refused without the words that make realm-web retry for ever', async () => {
    const client = await openTestBackend()
    await client.register()
    const session = await client.login('anon-user', {})
    expectRefusal(await client.tryLogin('local-userpass', { username: email, password }, session.refresh_token), 401, 'InvalidSession')
    const wrong = await client.tryLogin('local-userpass', { username: email, password: 'wrong one' }, session.access_token)
    expectRefusal(wrong, 401, 'InvalidPassword')
    expect(wrong.body).not.toMatchObject({ error: 'unauthorized' })
    expectRefusal(await client.tryLogin('anon-user', {}, session.access_token), 400, 'InvalidParameter')
    expectRefusal(await client.tryLogin('api-key', { key: 'x' }, session.access_token), 400, 'InvalidParameter')
  })
})
