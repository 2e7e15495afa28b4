import { describe, expect, it } from 'vitest'
import { summariseAccount } from '../../../../main/vault/model/account.ts'
import { link, register, sendMail, signIn, switchAccount } from '../../../../main/vault/accounts/sign-in.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { brokenOff, unreachable } from '../../fakes/key-servers.ts'
import { byEmail, email, newKey, openVaultFixture, password, remoteVault, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('signing in', () => {
  it('creates an account for the user and makes it current', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.register(email, password)
    const account = await signIn(fixture.opened, server, byEmail)
    expect(account).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f]{16}$/), server, method: 'email', email, signedIn: true },
      ...{ userId: expect.stringMatching(/^[0-9a-f]{24}$/), syncedAt: null, trouble: null },
    })
    expect([fixture.opened.cache.accounts(), fixture.opened.cache.current()]).toEqual([[account], account.id])
    expect(fixture.announced).toEqual(['accounts'])
  })

  it('works with every method, and says which of them may manage keys', async () => {
    const { fixture, account } = await remoteVault()
    const { value } = await fixture.servers.of(account).create('ci')
    const accounts = [
      account,
      await openLocal(fixture.opened),
      await signIn(fixture.opened, server, { method: 'custom-token', token: fixture.remote.issueToken('grace') }),
      await signIn(fixture.opened, server, { method: 'api-key', value }),
      await signIn(fixture.opened, server, { method: 'anonymous' }),
    ]
    expect(
      accounts
        .map((one) => summariseAccount(one, { label: null, colour: null }))
        .map(({ kind, method, managesKeys }) => [kind, method, managesKeys]),
    ).toEqual([
      ['server', 'email', true],
      ['local', 'local', true],
      ['server', 'custom-token', true],
      ['server', 'api-key', false],
      ['server', 'anonymous', false],
    ])
    expect(fixture.opened.cache.accounts()).toEqual(accounts)
  })

  it('leaves no account if it is refused', async () => {
    const fixture = await openVaultFixture()
    expect(await codeRejected(signIn(fixture.opened, server, byEmail))).toBe('wrong-credentials')
    fixture.remote.before = unreachable()
    expect(await codeRejected(signIn(fixture.opened, server, byEmail))).toBe('server-unreachable')
    expect([fixture.opened.cache.accounts(), fixture.opened.cache.current(), fixture.announced]).toEqual([[], null, []])
  })

  it('as the same user again finds the same account, and leaves one session', async () => {
    const { fixture, account } = await remoteVault()
    const sessions = fixture.remote.openSessions
    const { key } = await newKey(fixture, account)
    expect(await signIn(fixture.opened, server, byEmail)).toEqual({ ...account, syncedAt: fixture.now })
    expect(fixture.remote.openSessions).toBe(sessions)
    expect(listKeys(fixture.opened, account.id).keys).toEqual([key])
  })

  it('as the same user after the session ended gives the account a new session', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.endSessions()
    await codeRejected(newKey(fixture, account))
    expect(await signIn(fixture.opened, server, byEmail)).toEqual({ ...account, trouble: null })
    expect((await newKey(fixture, account)).key.value).toBe('here')
    expect(fixture.remote.openSessions).toBe(1)
  })

  it('twice at once, as with a double click, creates one account', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.register(email, password)
    const [one, other] = await Promise.all([signIn(fixture.opened, server, byEmail), signIn(fixture.opened, server, byEmail)])
    expect(one).toEqual(other)
    expect(fixture.opened.cache.accounts()).toEqual([one])
  })

  // The new session used to be dropped in favour of one that the server had ended, so that the person had to sign in twice.
  it('to an account whose session the server ended unnoticed gives it a new one', async () => {
    const { fixture, account } = await remoteVault()
    fixture.remote.endSessions()
    await signIn(fixture.opened, server, byEmail)
    expect((await refreshKeys(fixture.opened, account.id)).trouble).toBe(null)
  })

  it('leaves no session if the keychain refuses the sign-in’s record', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.register(email, password)
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('account') ? 'denied' : null)
    expect(await codeRejected(signIn(fixture.opened, server, byEmail))).toBe('keychain-denied')
    expect([fixture.remote.openSessions, fixture.opened.cache.accounts()]).toEqual([0, []])
  })

  it('as the same user with another method, or in another app, creates another account', async () => {
    const { fixture, account } = await remoteVault()
    const token = fixture.remote.issueToken(account.userId)
    const byToken = await signIn(fixture.opened, server, { method: 'custom-token', token })
    expect(byToken).toMatchObject({ userId: account.userId, method: 'custom-token' })
    const second = { ...server, appId: 'app-2' }
    fixture.servers.service(second).register(email, password)
    const other = await signIn(fixture.opened, second, byEmail)
    expect(new Set([account.id, byToken.id, other.id]).size).toBe(3)
  })
})

describe('a mail to an account that is not signed in', () => {
  it('is requested from its server, and creates no account here', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.register(email, password)
    await sendMail(fixture.opened, server, email, 'reset')
    expect(fixture.remote.mails).toEqual([{ email, purpose: 'reset' }])
    expect(fixture.opened.cache.accounts()).toEqual([])
  })
})

describe('registering', () => {
  it('signs the new user in', async () => {
    const fixture = await openVaultFixture()
    const account = await register(fixture.opened, server, email, password)
    expect(fixture.opened.cache.accounts()).toEqual([account])
    expect(account).toMatchObject({ method: 'email', email, signedIn: true })
  })

  it('is refused for an e-mail that is taken or invalid, and for a short password', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.register(email, password)
    expect(await codeRejected(register(fixture.opened, server, email, password))).toBe('email-taken')
    expect(await codeRejected(register(fixture.opened, server, 'nobody', password))).toBe('email-invalid')
    expect(await codeRejected(register(fixture.opened, server, 'b@example.test', new Secret('12345')))).toBe('password-invalid')
    expect(fixture.opened.cache.accounts()).toEqual([])
  })

  it.each(['email-unconfirmed', 'wrong-credentials'] as const)(
    'waits for the confirmation of the e-mail if the server answers %s',
    async (code) => {
      const fixture = await openVaultFixture()
      fixture.remote.before = (call) => {
        if (call === 'signIn') throw new Refusal(code)
      }
      expect(await register(fixture.opened, server, email, password)).toBe(null)
      expect(fixture.opened.cache.accounts()).toEqual([])
    },
  )

  it('reports any other failure of the first sign-in', async () => {
    const fixture = await openVaultFixture()
    fixture.remote.before = unreachable('signIn')
    expect(await codeRejected(register(fixture.opened, server, email, password))).toBe('server-unreachable')
  })
})

describe('linking an anonymous account', () => {
  it('gives it an e-mail: the same user and account, which may manage keys from then on', async () => {
    const fixture = await openVaultFixture()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    const linked = await link(fixture.opened, anonymous.id, email, password)
    expect(linked).toEqual({ ...anonymous, method: 'email', email })
    expect(fixture.opened.cache.accounts()).toEqual([linked])
    expect(fixture.remote.openSessions).toBe(1)
    expect((await newKey(fixture, linked)).key.value).toBe('here')
  })

  it('is completed by a second try after an interruption between registering and linking', async () => {
    const fixture = await openVaultFixture()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    fixture.remote.before = brokenOff('link')
    expect(await codeRejected(link(fixture.opened, anonymous.id, email, password))).toBe('server-unreachable')
    expect(fixture.opened.cache.accounts()).toEqual([anonymous])
    fixture.remote.before = () => undefined
    expect(await link(fixture.opened, anonymous.id, email, password)).toMatchObject({ userId: anonymous.userId, email })
  })

  it('is refused for another user’s e-mail, and leaves the account unchanged', async () => {
    const { fixture } = await remoteVault()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    expect(await codeRejected(link(fixture.opened, anonymous.id, email, password))).toBe('email-taken')
    expect(fixture.opened.cache.accounts()).toContainEqual(anonymous)
  })

  it('is refused for an account that is not anonymous or does not exist', async () => {
    const { fixture, account } = await remoteVault()
    expect(await codeRejected(link(fixture.opened, account.id, 'b@example.test', password))).toBe('account-exists')
    expect(await codeRejected(link(fixture.opened, 'nobody', email, password))).toBe('account-not-found')
  })

  it('marks the account as signed out if its session has ended', async () => {
    const fixture = await openVaultFixture()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    fixture.remote.endSessions()
    expect(await codeRejected(link(fixture.opened, anonymous.id, email, password))).toBe('session-ended')
    expect(await codeRejected(link(fixture.opened, anonymous.id, email, password))).toBe('signed-out')
  })
})

describe('switching accounts', () => {
  it('makes another account current, also after a restart', async () => {
    const { fixture, account } = await remoteVault()
    const local = await openLocal(fixture.opened)
    expect(fixture.opened.cache.current()).toBe(local.id)
    expect(switchAccount(fixture.opened, account.id)).toEqual(account)
    await fixture.restart()
    expect(fixture.opened.cache.current()).toBe(account.id)
  })

  it('is refused for an account that does not exist', async () => {
    const { fixture, account } = await remoteVault()
    expect(() => switchAccount(fixture.opened, 'nobody')).toThrow(new Refusal('account-not-found'))
    expect(fixture.opened.cache.current()).toBe(account.id)
  })
})
