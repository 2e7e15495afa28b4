import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import { appUrl, clientUrl, expectRefusal, type Answered, type Client, type Session } from '../opened.ts'
import { addService, openServed, removeService, serviceUrl } from './service.ts'

const url = `${serviceUrl}/api_keys/verify`
const invalid = { valid: false, cache_seconds: 5 }

/** What a client can see of an answer, apart from its time. */
function seen({ status, headers, text }: Answered): unknown {
  return { status, headers: [...headers], text }
}

describe('the check of a key', () => {
  test('answers for an enabled key with its user, id, name and details, and how long to keep the answer', async () => {
    const { client, verify } = await openServed()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'ci-deploy')
    const answered = await verify({ key })
    expect([answered.status, answered.body]).toEqual([
      200,
      {
        ...{ valid: true, user_id: owner.user_id, key_id: _id, name: 'ci-deploy' },
        ...{ expires_at: null, scopes: [], metadata: {}, cache_seconds: 30 },
      },
    ])
    expect(answered.headers.get('cache-control')).toBe('no-store')
  })

  test('answers for a disabled key like for one that never was, and for an enabled one again', async () => {
    const { client, verify } = await openServed()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    await client.key(owner, 'PUT', `/${_id}/disable`)
    expect((await verify({ key })).body).toEqual(invalid)
    await client.key(owner, 'PUT', `/${_id}/enable`)
    expect((await verify({ key })).body).toMatchObject({ valid: true })
  })

  test('has one answer for an unknown, a disabled and a deleted key, one of a deleted user, and any other text', async () => {
    const { client, verify } = await openServed()
    const values = await badKeys(client)
    const answers = await Promise.all([...values, 'A'.repeat(64), '', 'x', 'é'.repeat(64), "' or 1=1 --"].map((key) => verify({ key })))
    for (const answered of answers) expect(seen(answered)).toEqual(seen(answers[0] as Answered))
    expect(answers[0]?.body).toEqual(invalid)
  })

  // Their time is the same because their work is: the only search is in an index that has neither of them. A timed test would prove less.
  test('searches one index, in which only enabled keys are, so that a disabled key costs what an unknown one does', async () => {
    const { client, dataDir } = await openServed()
    await badKeys(client)
    await client.createKey(await client.newUser('eve@example.test'), 'good')
    await client.backend.close()
    const source = readFileSync(join(import.meta.dirname, '../../../backend/services/key-check.ts'), 'utf8')
    const [statement = ''] = /select .*(?=')/.exec(source) ?? []
    const database = new Database(join(dataDir, 'backend.sqlite'))
    try {
      const plan = database.prepare(`explain query plan ${statement}`).all(['hash']) as { detail: string }[]
      expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH api_keys USING INDEX api_keys_enabled (value_hash=?)'])
      const kept = 'select count(*) as n from api_keys indexed by api_keys_enabled where disabled = 0'
      expect([database.prepare('select count(*) as n from api_keys').all([]), database.prepare(kept).all([])]).toEqual([
        [{ n: 2 }],
        [{ n: 1 }],
      ])
    } finally {
      database.close()
    }
  })

  test('writes nothing and opens no session', async () => {
    const { client, dataDir, verify } = await openServed()
    const { key } = await client.createKey(await client.newUser(), 'k')
    const sizes = () => readdirSync(dataDir).map((file) => [file, readFileSync(join(dataDir, file)).length])
    const before = sizes()
    await verify({ key })
    await verify({ key: 'A'.repeat(64) })
    expect(sizes()).toEqual(before)
  })

  test('refuses a body that is not exactly a key, before the key is looked up', async () => {
    const { verify, client, credential } = await openServed()
    const refused: [unknown, number, string][] = [
      ['{', 400, 'BadRequest'],
      ['[]', 400, 'BadRequest'],
      [{}, 400, 'MissingParameter'],
      [{ key: null }, 400, 'InvalidParameter'],
      [{ key: 5 }, 400, 'InvalidParameter'],
      [{ key: ['A'.repeat(64)] }, 400, 'InvalidParameter'],
      [{ key: { $oid: '0'.repeat(24) } }, 400, 'InvalidParameter'],
      [{ key: 'a\0' }, 400, 'InvalidParameter'],
      [{ key: 'A'.repeat(64), user_id: '0'.repeat(24) }, 400, 'InvalidParameter'],
      [{ key: 'x'.repeat(70_000) }, 413, 'ReadSizeLimitExceeded'],
    ]
    for (const [body, status, errorCode] of refused) expectRefusal(await verify(body), status, errorCode)
    const headers = { 'Content-Type': 'text/plain' }
    expectRefusal(await client.send('POST', url, { token: credential, body: { key: 'x' }, headers }), 415, 'BadRequest')
    const elsewhere = url.replace('app-1', 'app-2')
    expectRefusal(await client.send('POST', elsewhere, { token: credential, body: { key: 'x' } }), 404, 'AppNotFound')
    expectRefusal(await client.send('GET', url, { token: credential }), 404, 'NotFound')
  })

  test('never answers any text or JSON with a 5xx, nor as valid', async () => {
    const { verify, client } = await openServed()
    await client.createKey(await client.newUser(), 'k')
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.dictionary(fc.constantFrom('key', 'keys', '__proto__'), fc.jsonValue()),
    )
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const answered = await verify(typeof body === 'string' ? body : JSON.stringify(body))
        expect(answered.status).toBeLessThan(500)
        expect(answered.text).not.toContain('true')
      }),
      { numRuns: 200 },
    )
  })

  test('counts no failure of a service, whose clients send what they like', async () => {
    const { client, credential, verify } = await openServed()
    const { key } = await client.createKey(await client.newUser(), 'k')
    const gateway = client.from('192.0.2.1')
    for (let guess = 0; guess < 120; guess += 1) {
      const answered = await gateway.send('POST', url, { token: credential, body: { key: `guess${guess}` } })
      expect(answered.body).toEqual(invalid)
    }
    expect((await verify({ key })).body).toMatchObject({ valid: true })
    expectRefusal(await gateway.tryLogin('api-key', { key: 'x' }), 401, 'AuthError')
  })

  test('logs no key, no credential and no id', async () => {
    const lines: string[] = []
    const { client, credential, verify } = await openServed({ log: (line) => lines.push(line) })
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    await verify({ key })
    await verify({ key, more: key })
    await client.send('POST', url, { token: `${credential}x`, body: { key } })
    for (const secret of [key, credential, _id, owner.user_id, 'gateway']) expect(lines.join('\n')).not.toContain(secret)
    expect(lines).toContainEqual(expect.stringMatching(/^POST \/api\/service\/v1\/app\/:appId\/api_keys\/verify 200 \d+ms$/))
  })

  test('is answered with 500 after the backend was closed', async () => {
    const { client, verify } = await openServed()
    const { key } = await client.createKey(await client.newUser(), 'k')
    await client.backend.close()
    expectRefusal(await verify({ key }), 500, 'InternalServerError')
  })
})

describe('a service credential', () => {
  test('is required: none, a wrong one, a token of a user and an API key are refused', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const { key } = await client.createKey(owner, 'k')
    expectRefusal(await client.send('POST', url, { body: { key } }), 401, 'MissingAuthReq')
    const wrong = [`${credential}x`, `lks_${'A'.repeat(43)}`, credential.toLowerCase(), owner.access_token, owner.refresh_token, key]
    for (const token of wrong) expectRefusal(await client.send('POST', url, { token, body: { key } }), 401, 'AuthError')
    const headers = { Authorization: `Basic ${credential}` }
    expectRefusal(await client.send('POST', url, { body: { key }, headers }), 401, 'AuthError')
  })

  test('opens nothing else', async () => {
    const { client, credential } = await openServed()
    for (const [method, path] of [
      ['GET', '/auth/api_keys'],
      ['POST', '/auth/api_keys'],
      ['GET', '/auth/profile'],
      ['POST', '/auth/session'],
      ['DELETE', '/auth/delete'],
    ] as const) {
      expectRefusal(
        await client.send(method, `${clientUrl}${path}`, { token: credential, body: method === 'POST' ? {} : undefined }),
        401,
        'InvalidSession',
      )
    }
    expectRefusal(await client.tryLogin('api-key', { key: credential }), 401, 'AuthError')
  })

  test('is refused from the request after its removal, and others stay', async () => {
    const { client, dataDir, credential, verify } = await openServed()
    const other = addService(dataDir, 'worker')
    expect((await verify({ key: 'x' })).status).toBe(200)
    removeService(dataDir)
    expectRefusal(await verify({ key: 'x' }), 401, 'AuthError')
    expect((await client.send('POST', url, { token: other, body: { key: 'x' } })).status).toBe(200)
    expect(addService(dataDir)).not.toBe(credential)
    expectRefusal(await verify({ key: 'x' }), 401, 'AuthError')
  })

  test('that is wrong is answered with 429 after 50 tries of one network, where a right one still works', async () => {
    const { client, credential } = await openServed()
    const guesser = client.from('192.0.2.7')
    const statuses = []
    for (let guess = 0; guess < 52; guess += 1) {
      statuses.push((await guesser.send('POST', url, { token: `lks_${'A'.repeat(43)}`, body: { key: 'x' } })).status)
    }
    expect(statuses.slice(0, 49).every((status) => status === 401)).toBe(true)
    const last = await guesser.send('POST', url, { token: 'lks_', body: { key: 'x' } })
    expectRefusal(last, 429, 'TooManyRequests')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await guesser.send('POST', url, { token: credential, body: { key: 'x' } })).status).toBe(200)
    expectRefusal(await client.from('192.0.2.8').send('POST', url, { token: 'lks_', body: {} }), 401, 'AuthError')
  })
})

/** Values of a disabled key, of a deleted one, and of one whose user was deleted. */
async function badKeys(client: Client): Promise<string[]> {
  const owner: Session = await client.newUser()
  const disabled = await client.createKey(owner, 'disabled')
  const deleted = await client.createKey(owner, 'deleted')
  await client.key(owner, 'PUT', `/${disabled._id}/disable`)
  await client.key(owner, 'DELETE', `/${deleted._id}`)
  const leaver = await client.newUser('leaver@example.test')
  const left = await client.createKey(leaver, 'left')
  await client.send('DELETE', `${clientUrl}/auth/delete`, { token: leaver.access_token })
  expectRefusal(await client.send('POST', `${appUrl}/auth/providers/api-key/login`, { body: { key: left.key } }), 401, 'AuthError')
  return [disabled.key, deleted.key, left.key]
}
