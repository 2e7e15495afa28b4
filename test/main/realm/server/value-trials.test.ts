import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../main/vault/secret.ts'
import { found } from '../fixtures/canaries.ts'
import { json, keyId, keyValue, type ScriptedServer } from '../fixtures/scripted-server.ts'
import { expectRefusal, newAccount, place, type Session, signedIn, storedToken } from '../fixtures/session.ts'

const login = 'POST /app/app-1/auth/providers/api-key/login'
const value = new Secret(keyValue)

function trial({ servers, id, server }: Session): Promise<{ userId: string; keyId: string | null }> {
  return servers.tryValue({ id, server: { url: server.url, appId: 'app-1' } }, value)
}

function scriptProfile(server: ScriptedServer, ...identities: [type: string, id: string][]): void {
  const told = identities.map(([provider_type, id]) => ({ id, provider_type }))
  server.on('GET /auth/profile', json(200, { identities: told, data: {}, type: 'normal' }))
}

describe('testing a value', () => {
  it('signs in to the account’s app with it, and out again with that session’s own token', async () => {
    const session = await newAccount()
    expect(await trial(session)).toEqual({ userId: 'user-1', keyId: null })
    const [access, refresh] = session.server.issued
    expect(session.server.asked).toEqual([login, 'GET /auth/profile', 'DELETE /auth/session'])
    expect(JSON.parse(session.server.received[0]?.body ?? '')).toMatchObject({ provider: 'api-key', key: keyValue })
    expect(session.server.received.map(({ bearer }) => bearer)).toEqual([null, access, refresh])
  })

  it('neither reads nor writes the keychain, which may be locked meanwhile', async () => {
    const session = await signedIn()
    session.keychain.calls.length = 0
    session.keychain.failure = 'locked'
    await trial(session)
    expect(session.keychain.calls).toEqual([])
  })

  it('leaves no value and no usable token in any file', async () => {
    const session = await signedIn()
    await trial(session)
    expect(session.server.issued).toHaveLength(4)
    expect(found(session.folder, [...session.server.issued, keyValue])).toEqual([])
  })

  it.each<[string, [string, string][], string | null]>([
    ['names it', [['api-key', keyId]], keyId],
    [
      'names it among ways to sign in of other kinds',
      [
        ['local-userpass', '0'.repeat(24)],
        ['api-key', keyId],
      ],
      keyId,
    ],
    [
      'names several',
      [
        ['api-key', keyId],
        ['api-key', '1'.repeat(24)],
      ],
      null,
    ],
    ['names none', [['local-userpass', keyId]], null],
    ['names what is no id', [['api-key', 'ci']], null],
  ])('tells which key it is if the profile %s', async (_, identities, told) => {
    const session = await newAccount()
    scriptProfile(session.server, ...identities)
    expect((await trial(session)).keyId).toBe(told)
  })

  it('returns each key’s own id if keys of the same user are tested one after another', async () => {
    const session = await newAccount()
    for (const id of ['1'.repeat(24), '2'.repeat(24)]) {
      scriptProfile(session.server, ['api-key', id])
      expect((await trial(session)).keyId).toBe(id)
    }
  })

  // The SDK has one session for each user: two at once would end each other, or report each other's key.
  it('runs one at a time, and a refused one does not stop the next', async () => {
    const session = await newAccount()
    session.server.on(login, json(401, { error: 'unauthorized', error_code: 'AuthError' }), (received, response) => {
      json(200, { user_id: 'user-1', access_token: session.server.issue(), refresh_token: session.server.issue() })(received, response)
    })
    const outcomes = await Promise.allSettled([trial(session), trial(session), trial(session)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    const whole = [login, 'GET /auth/profile', 'DELETE /auth/session']
    expect(session.server.asked).toEqual([login, ...whole, ...whole])
  })

  it.each([
    ['fails', json(503, {})],
    ['says that the session is dead', json(401, { error: 'invalid session', error_code: 'InvalidSession' })],
  ])('keeps its result if the logout %s, and can be repeated', async (_, answer) => {
    const session = await signedIn()
    session.server.on('DELETE /auth/session', answer)
    const proved = await trial(session)
    expect(proved.userId).toBe('user-1')
    session.server.received.length = 0
    expect(await trial(session)).toEqual(proved)
    expect(session.server.asked).toEqual([login, 'GET /auth/profile', 'DELETE /auth/session'])
    expect(await session.keys.fetchAll()).toHaveLength(1)
  })

  it('ends the session on the server too if its profile cannot be fetched', async () => {
    const session = await signedIn()
    session.server.on('GET /auth/profile', json(500, {}))
    await expectRefusal(trial(session), 'server-error', true)
    expect(session.server.received.at(-1)).toMatchObject({ method: 'DELETE', bearer: session.server.issued.at(-1) })
    expect(storedToken(session.keychain, session.id)).toBe(session.server.issued[1])
  })

  // Reported as the end of a session, it would sign the account itself out.
  it('of a key that is disabled between login and profile is refused like a login', async () => {
    const session = await newAccount()
    const dead = json(401, { error: 'invalid session', error_code: 'InvalidSession' })
    session.server.on('GET /auth/profile', dead)
    session.server.on('POST /auth/session', dead)
    await expectRefusal(trial(session), 'wrong-credentials')
  })

  it.each([
    ['wrong-credentials', 401, { error: 'unauthorized', error_code: 'AuthError' }],
    ['provider-off', 404, { error: 'authentication provider not found', error_code: 'AuthProviderNotFound' }],
    ['user-disabled', 401, { error: 'user disabled', error_code: 'UserDisabled' }],
    ['throttled', 429, {}],
    ['app-unknown', 404, { error: "cannot find app using Client App ID 'app-1'" }],
  ] as const)('is refused like a sign-in: %s', async (code, status, body) => {
    const session = await newAccount()
    session.server.on(login, json(status, body))
    await expectRefusal(trial(session), code)
    expect(session.server.asked).toEqual([login])
  })
})

describe('the files of tested values', () => {
  const apps = ({ folder }: Session): string[] => readdirSync(join(folder, 'mongodb-realm')).sort()

  // The SDK breaks without the files of an open app, and a vault is locked and opened again in one process.
  it('are not removed from under the process that uses them, which can go on testing', async () => {
    const session = await signedIn()
    await trial(session)
    const { servers } = place({ folder: session.folder, keychain: session.keychain })
    servers.retain([session.id])
    expect(apps(session)).toEqual([`latchkey-${session.id}`, `latchkey-${session.id}-verify`])
    expect((await trial({ ...session, servers })).userId).toBe('user-1')
  })

  it('do not exist before a value is tested', async () => {
    expect(apps(await signedIn())).toHaveLength(1)
  })
})
