import { SignJWT } from 'jose'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openBackend } from '../../../../backend/backend.ts'
import type { KeyServer } from '../../../../main/vault/ports/key-servers.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { byEmail, expectRefusal, newId, password, place, storedToken } from '../fixtures/session.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

// Hashing a password is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const unknown = 'f'.repeat(24)
const anonymous = { method: 'anonymous' } as const

/** Accounts of one embedded backend, reached in the same way as by the desktop app. */
async function embedded(options: Partial<Parameters<typeof openBackend>[0]> = {}) {
  const backend = await openBackend({ dataDir: temporaryFolder(), appId: 'latchkey', ...options })
  onTestFinished(() => backend.close())
  const reach = (url: string, init: RequestInit): Promise<Response> => backend.fetch(new Request(url, init))
  const { folder, keychain, servers } = place({ network: reach })
  const account = (appId = 'latchkey'): { id: string; keys: KeyServer } => {
    const id = newId()
    return { id, keys: servers.of({ id, server: { url: 'http://backend.test', appId } }) }
  }
  const user = async (): Promise<KeyServer> => {
    const { keys } = account()
    await keys.register('ada@example.test', password)
    await keys.signIn(byEmail)
    return keys
  }
  return { account, user, folder, keychain, reach }
}

describe('over the real backend', () => {
  it('every operation has its effect', async () => {
    const { user, account } = await embedded()
    const keys = await user()
    const { key, value } = await keys.create('deploy')
    expect(await keys.fetchAll()).toEqual([key])
    await keys.disable(key.id)
    expect(await keys.fetch(key.id)).toEqual({ ...key, enabled: false })
    await expectRefusal(account().keys.signIn({ method: 'api-key', value }), 'wrong-credentials')
    await keys.enable(key.id)
    await account().keys.signIn({ method: 'api-key', value })
    await keys.delete(key.id)
    expect(await keys.fetchAll()).toEqual([])
  })

  it('names that are taken, invalid or empty are refused, and so is the 21st key', async () => {
    const { user } = await embedded()
    const keys = await user()
    await keys.create('key-1')
    await expectRefusal(keys.create('key-1'), 'name-taken')
    for (const name of ['', 'with space', 'ключ', 'a'.repeat(65), 'nul\0']) await expectRefusal(keys.create(name), 'name-invalid')
    for (let count = 2; count <= 20; count += 1) await keys.create(`key-${count}`)
    await expectRefusal(keys.create('key-21'), 'quota-reached')
    expect(await keys.fetchAll()).toHaveLength(20)
  })

  it('ids that name no key of the user are refused', async () => {
    const { user, account } = await embedded()
    const { key } = await (await user()).create('deploy')
    const { keys: other } = account()
    await other.register('bob@example.test', password)
    await other.signIn({ ...byEmail, email: 'bob@example.test' })
    for (const id of [unknown, key.id]) {
      await expectRefusal(other.fetch(id), 'key-not-found')
      await expectRefusal(other.enable(id), 'key-not-found')
      await expectRefusal(other.disable(id), 'key-not-found')
      await expectRefusal(other.delete(id), 'key-not-found')
    }
  })

  it('anonymous and key-authenticated sessions may not manage keys, and stay signed in', async () => {
    const { user, account } = await embedded()
    const { value } = await (await user()).create('deploy')
    const [byKey, stranger] = [account().keys, account().keys]
    await byKey.signIn({ method: 'api-key', value })
    await stranger.signIn(anonymous)
    for (const keys of [byKey, stranger]) {
      await expectRefusal(keys.fetchAll(), 'not-allowed')
      await expectRefusal(keys.fetchAll(), 'not-allowed')
      await expectRefusal(keys.create('other'), 'not-allowed')
    }
    await expectRefusal(byKey.deleteUser(), 'not-allowed')
    await expectRefusal(byKey.link('eve@example.test', password), 'not-allowed')
  })

  it('registrations are refused for a taken or invalid address and a short password', async () => {
    const { user, account } = await embedded()
    await user()
    await expectRefusal(account().keys.register('ada@example.test', password), 'email-taken')
    await expectRefusal(account().keys.register('no address', password), 'email-invalid')
    await expectRefusal(account().keys.register('bob@example.test', new Secret('short')), 'password-invalid')
  })

  it('wrong passwords and keys are refused, and throttled after many', async () => {
    const { user, account } = await embedded()
    await user()
    const { id, keys } = account()
    await expectRefusal(keys.signIn({ method: 'api-key', value: new Secret('wrong') }), 'wrong-credentials')
    const wrong = { ...byEmail, password: new Secret('wrong password') }
    const codes: string[] = []
    for (let count = 0; count < 15; count += 1) {
      codes.push(
        await keys.signIn(wrong).then(
          () => 'ok',
          (error: { code: string }) => error.code,
        ),
      )
      if (codes.at(-1) === 'throttled') break
    }
    expect(codes[0]).toBe('wrong-credentials')
    expect(codes.at(-1)).toBe('throttled')
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toEqual([])
    expect(id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('a custom token is accepted only while its provider is on, and only if it is valid', async () => {
    const secret = 's'.repeat(64)
    const sign = (by: string): Promise<string> =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('ada')
        .setAudience('latchkey')
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(Buffer.from(by))
    const token = new Secret(await sign(secret))
    const off = await embedded()
    await expectRefusal(off.account().keys.signIn({ method: 'custom-token', token }), 'provider-off')
    const on = await embedded({ customToken: { secret } })
    await on.account().keys.signIn({ method: 'custom-token', token })
    const wrong = new Secret(await sign('w'.repeat(64)))
    await expectRefusal(on.account().keys.signIn({ method: 'custom-token', token: wrong }), 'wrong-credentials')
  })

  it('an unknown app is refused', async () => {
    const { account } = await embedded()
    await expectRefusal(account('other').keys.signIn(anonymous), 'app-unknown')
    await expectRefusal(account('other').keys.register('ada@example.test', password), 'app-unknown')
  })

  it('a sign-in before the address is confirmed is refused', async () => {
    const { account } = await embedded({ mail: { send: () => Promise.resolve() }, origin: 'https://keys.example.test' })
    const { keys } = account()
    await keys.register('ada@example.test', password)
    await expectRefusal(keys.signIn(byEmail), 'email-unconfirmed')
  })

  it('another confirmation link can be mailed, and is refused if no mail is configured', async () => {
    const letters: string[] = []
    const time = { now: Date.now() }
    const { account } = await embedded({
      ...{ origin: 'https://keys.example.test', clock: () => new Date(time.now) },
      mail: { send: async ({ text }) => void letters.push(text) },
    })
    const { keys } = account()
    await keys.register('ada@example.test', password)
    await expect.poll(() => letters.length).toBe(1)
    time.now += 61_000
    await keys.sendMail('ada@example.test', 'confirm')
    await expect.poll(() => letters[1]).toContain('/app/latchkey/confirm?')
    await keys.sendMail('ada@example.test', 'reset')
    await expect.poll(() => letters[2]).toContain('/app/latchkey/reset?')
    await expectRefusal(keys.sendMail('no address', 'reset'), 'email-invalid')
    const { keys: without } = (await embedded()).account()
    for (const purpose of ['confirm', 'reset'] as const) await expectRefusal(without.sendMail('ada@example.test', purpose), 'mail-refused')
  })

  it('the session of a user who was deleted elsewhere ends', async () => {
    const { user, account } = await embedded()
    const here = await user()
    const { keys: there } = account()
    await there.signIn(byEmail)
    await there.deleteUser()
    await expectRefusal(here.fetchAll(), 'session-ended')
  })

  it('a sign-out revokes the token, so that a copy of it is useless', async () => {
    const { account, keychain, reach } = await embedded()
    const { id, keys } = account()
    await keys.register('ada@example.test', password)
    await keys.signIn(byEmail)
    const copied = { headers: { authorization: `Bearer ${storedToken(keychain, id)}` } }
    const url = 'http://backend.test/api/client/v2.0/auth/api_keys'
    expect((await reach(url, copied)).status).toBe(200)
    await keys.signOut()
    expect((await reach(url, copied)).status).toBe(401)
  })

  it('an anonymous user is linked to an address, but not to another user’s or with a wrong password', async () => {
    const { user, account } = await embedded()
    await user()
    const { keys } = account()
    const { userId } = await keys.signIn(anonymous)
    await expectRefusal(keys.link('ada@example.test', password), 'email-taken')
    await keys.register('bob@example.test', password)
    await expectRefusal(keys.link('bob@example.test', new Secret('wrong password')), 'wrong-credentials')
    await keys.link('bob@example.test', password)
    await keys.signOut()
    expect(await keys.signIn({ ...byEmail, email: 'bob@example.test' })).toEqual({ userId })
  })
})
