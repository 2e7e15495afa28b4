import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { BackendOptions } from '../../../backend/backend.ts'
import type { MailMessage } from '../../../backend/mail/mail.ts'
import { awaited } from '../../awaited.ts'
import { appUrl, clientUrl, type Client, email, expectRefusal, openTestBackend, password, type Answered } from '../opened.ts'

const local = `${appUrl}/auth/providers/local-userpass`

/** A backend whose mail is captured, with a clock that the test sets. */
async function openWithMail(more: Partial<BackendOptions> = {}) {
  const letters: MailMessage[] = []
  const time = { now: Date.parse('2030-01-01T00:00:00Z') }
  const waiting: (() => void)[] = []
  let held: Promise<void> | undefined
  const client = await openTestBackend({
    origin: 'https://keys.example.test',
    ...more,
    clock: () => new Date(time.now),
    mail: {
      async send(letter) {
        letters.push(letter)
        for (const go of waiting.splice(0)) go()
        await held
      },
    },
  })
  /** Delays mail from now on, until the returned function is called. */
  function holdMail(): () => void {
    let release = (): void => undefined
    held = new Promise((resolve) => (release = resolve))
    return release
  }
  /** The mail with that index, once it was sent: mail is sent after the answer. */
  async function letter(index: number): Promise<{ to: string; url: URL; token: string; tokenId: string }> {
    while (letters.length <= index) {
      const sent = new Promise<void>((resolve) => waiting.push(resolve))
      await awaited(sent, `letter ${index}`, () => letters.map(({ to }) => `a letter to ${to}`).join(', '))
    }
    const { to, text } = letters[index] as MailMessage
    const url = new URL(/https:\S+/.exec(text)?.[0] ?? '')
    return { to, url, token: url.searchParams.get('token') ?? '', tokenId: url.searchParams.get('tokenId') ?? '' }
  }
  return { client, letters, letter, time, holdMail }
}

function post(client: Client, path: string, body: object): Promise<Answered> {
  return client.send('POST', `${local}/${path}`, { body })
}

describe('a backend with mail', () => {
  test('keeps a registration pending until the mailed link is opened, and reports that only to a client with the password', async () => {
    const { client, letter } = await openWithMail()
    expect((await client.register()).status).toBe(201)
    expectRefusal(await client.tryPassword(), 401, 'AuthError')
    expectRefusal(await client.tryPassword(email, 'wrong one'), 401, 'InvalidPassword')
    const { to, token, tokenId, url } = await letter(0)
    expect([to, url.origin, url.pathname]).toEqual([email, 'https://keys.example.test', '/app/app-1/confirm'])
    expectRefusal(await post(client, 'confirm', { token: 'x', tokenId }), 400, 'UserpassTokenInvalid')
    expectRefusal(await post(client, 'confirm', { token, tokenId: '0'.repeat(24) }), 400, 'UserpassTokenInvalid')
    expect((await post(client, 'confirm', { token, tokenId })).status).toBe(204)
    expectRefusal(await post(client, 'confirm', { token, tokenId }), 400, 'UserpassTokenInvalid')
    expect((await client.tryPassword()).status).toBe(200)
  })

  test('accepts a link for 30 minutes', async () => {
    const { client, letter, time } = await openWithMail()
    await client.register()
    const first = await letter(0)
    time.now += 30 * 60_000
    expectRefusal(await post(client, 'confirm', first), 400, 'UserpassTokenInvalid')
    await post(client, 'confirm/send', { email })
    expect((await post(client, 'confirm', await letter(1))).status).toBe(204)
  })

  // Regression: each request invalidated earlier links, so requesting one every minute kept the owner from ever resetting a password.
  test('accepts a link although others were requested since, and invalidates those when it is used', async () => {
    const { client, letter, time } = await openWithMail()
    await client.register()
    await letter(0)
    await post(client, 'reset/send', { email })
    const mine = await letter(1)
    for (let minute = 1; minute < 29; minute += 1) {
      time.now += 60_000
      await post(client, 'reset/send', { email })
    }
    const last = await letter(3)
    expect((await post(client, 'reset', { ...mine, password: 'a new password' })).status).toBe(204)
    expectRefusal(await post(client, 'reset', { ...last, password: 'another one' }), 400, 'UserpassTokenInvalid')
  })

  test('sends at growing intervals, and keeps up to three links valid', async () => {
    const { client, letter, letters, time } = await openWithMail()
    await client.register()
    await letter(0)
    const start = time.now
    const minutes: number[] = []
    while (time.now < start + 62 * 60_000) {
      const before = letters.length
      await post(client, 'reset/send', { email })
      // A write that is queued in the store after the mail's.
      await client.login('anon-user', {})
      if (letters.filter(({ to }) => to === email).length > before) minutes.push((time.now - start) / 60_000)
      time.now += 60_000
    }
    expect(minutes).toEqual([0, 1, 6, 30, 35, 40, 60])
  })

  test('answers requests for mail alike for known and unknown addresses, and floods no mailbox', async () => {
    const { client, letter, letters, time } = await openWithMail()
    await client.register()
    await letter(0)
    const known = await post(client, 'reset/send', { email })
    const unknown = await post(client, 'reset/send', { email: 'nobody@example.test' })
    expect([known.status, known.text, headersOf(known)]).toEqual([unknown.status, unknown.text, headersOf(unknown)])
    await letter(1)
    for (let index = 0; index < 5; index += 1) await post(client, 'reset/send', { email })
    time.now += 61_000
    await post(client, 'reset/send', { email })
    await letter(2)
    await client.backend.close()
    expect(letters).toHaveLength(3)
    expect(new Set(letters.map(({ to }) => to))).toEqual(new Set([email]))
  })

  test('resets the password and confirms the address; keys keep working if the owner asks for it', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    await post(client, 'confirm', await letter(0))
    const session = await client.login('local-userpass', { username: email, password })
    const { key } = await client.createKey(session, 'k')
    const service = await client.login('api-key', { key })
    await post(client, 'reset/send', { email })
    const { token, tokenId } = await letter(1)
    expectRefusal(await post(client, 'reset', { token, tokenId, password: 'short' }), 400, 'InvalidParameter')
    expectRefusal(await post(client, 'confirm', { token, tokenId }), 400, 'UserpassTokenInvalid')
    expect((await post(client, 'reset', { token, tokenId, password: 'a new password', keepApiKeys: true })).status).toBe(204)
    expectRefusal(await post(client, 'reset', { token, tokenId, password: 'another one' }), 400, 'UserpassTokenInvalid')
    expectRefusal(await client.tryPassword(), 401, 'InvalidPassword')
    expect((await client.tryPassword(email, 'a new password')).status).toBe(200)
    expectRefusal(await client.key(session, 'GET', ''), 401, 'InvalidSession')
    expect((await client.send('POST', `${clientUrl}/auth/session`, { token: service.refresh_token })).status).toBe(201)
  })

  // Regression: a registration was answered with 409 for a known address, and with 201 a third of a second later for an unknown one.
  test('answers registrations alike for known and unknown addresses, after the same work, and mails the owner', async () => {
    const { client, letter, letters } = await openWithMail()
    await client.register()
    await post(client, 'confirm', await letter(0))
    const known = await client.register(email, 'the stranger’s')
    const unknown = await client.register('nobody@example.test', 'the stranger’s')
    expect([known.status, known.text, headersOf(known)]).toEqual([unknown.status, unknown.text, headersOf(unknown)])
    const told = [await letter(1), await letter(2)].find(({ to }) => to === email)
    expect(letters.find(({ subject }) => subject === 'This e-mail address is registered already')?.to).toBe(email)
    expect((await client.tryPassword(email, 'the stranger’s')).status).toBe(401)
    const { token = '', tokenId = '' } = told ?? {}
    await post(client, 'reset', { token, tokenId, password: 'chosen by its owner' })
    expect((await client.tryPassword(email, 'chosen by its owner')).status).toBe(200)
  })

  // Regression: a stranger who had registered the address, or had its password, created a key that still worked after the owner's reset.
  test('ends every session and disables every key on a reset, and the owner can enable them again', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    await post(client, 'confirm', await letter(0))
    const stranger = await client.login('local-userpass', { username: email, password })
    const { key, _id } = await client.createKey(stranger, 'by-a-stranger')
    const service = await client.login('api-key', { key })
    await post(client, 'reset/send', { email })
    const { token, tokenId } = await letter(1)
    expect((await post(client, 'reset', { token, tokenId, password: 'a new password' })).status).toBe(204)
    expectRefusal(await client.tryLogin('api-key', { key }), 401, 'AuthError')
    for (const { refresh_token } of [stranger, service]) {
      expectRefusal(await client.send('POST', `${clientUrl}/auth/session`, { token: refresh_token }), 401, 'InvalidSession')
    }
    const owner = await client.login('local-userpass', { username: email, password: 'a new password' })
    expect((await client.key(owner, 'GET', '')).body).toEqual([{ _id, name: 'by-a-stranger', disabled: true }])
    expect((await client.key(owner, 'PUT', `/${_id}/enable`)).status).toBe(204)
    await client.login('api-key', { key })
  })

  // Regression: a stranger who had the password linked a custom token, which still signed in after the owner's reset and could enable the
  // keys.
  test('unlinks other sign-in methods on a reset, unless the owner keeps the keys', async () => {
    const secret = 'a secret of thirty-two bytes or more'
    const { client, letter } = await openWithMail({ customToken: { secret } })
    const claims = { sub: 'stranger', aud: 'app-1', exp: Date.parse('2031-01-01T00:00:00Z') / 1000 }
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
    await client.register()
    await post(client, 'confirm', await letter(0))
    const { user_id, access_token } = await client.login('local-userpass', { username: email, password })
    const link = (by: string) =>
      client.send('POST', `${appUrl}/auth/providers/custom-token/login?link=true`, { token: by, body: { token } })
    expect((await link(access_token)).status).toBe(200)
    expect((await client.login('custom-token', { token })).user_id).toBe(user_id)
    const reset = async (index: number, keepApiKeys: boolean) => {
      await post(client, 'reset/send', { email })
      const sent = await letter(index)
      const body = { token: sent.token, tokenId: sent.tokenId, password: `password ${index}`, keepApiKeys }
      expect((await post(client, 'reset', body)).status).toBe(204)
    }
    await reset(1, true)
    expect((await client.login('custom-token', { token })).user_id).toBe(user_id)
    await reset(2, false)
    expect((await client.login('custom-token', { token })).user_id).not.toBe(user_id)
    expect((await client.login('local-userpass', { username: email, password: 'password 2' })).user_id).toBe(user_id)
  })

  // Regression: the identity was committed before its mail was refused by the queue: 429, no mail, and 409 from then on.
  test('leaves nothing of a registration whose mail cannot be queued, and accepts it later', async () => {
    const { client, letter, time, holdMail } = await openWithMail()
    const release = holdMail()
    await client.register('first@example.test')
    for (let sent = 1; sent < 100; sent += 1) {
      await letter(sent - 1)
      time.now += 31 * 60_000
      await post(client, 'reset/send', { email: 'first@example.test' })
    }
    await letter(99)
    expectRefusal(await client.register(), 429, 'TooManyRequests')
    release()
    await expect.poll(async () => (await client.register()).status, { timeout: 20_000 }).toBe(201)
    expect((await letter(100)).to).toBe(email)
  })

  // Regression: an address that was never confirmed stayed taken, so its owner could not register it a year later.
  test('frees an address that was not confirmed for a week, but not one with a valid link or a user', async () => {
    const { client, letter, letters, time } = await openWithMail()
    await client.register()
    await letter(0)
    await client.register('known@example.test')
    await post(client, 'confirm', await letter(1))
    await client.register('late@example.test')
    await letter(2)
    time.now += 7 * 24 * 60 * 60_000 - 30 * 60_000
    await client.register()
    expect([(await letter(3)).to, letters[3]?.subject]).toEqual([email, 'This e-mail address is registered already'])
    time.now += 40 * 60_000
    await post(client, 'confirm/send', { email: 'late@example.test' })
    const late = await letter(4)
    time.now += 25 * 60_000
    await client.register()
    expect([(await letter(5)).to, letters[5]?.subject]).toEqual([email, 'Confirm your e-mail address'])
    await post(client, 'confirm', late)
    await client.register('known@example.test')
    await expect
      .poll(() => letters.at(-1))
      .toMatchObject({ to: 'known@example.test', subject: 'This e-mail address is registered already' })
    expect((await client.tryPassword('late@example.test')).status).toBe(200)
  })

  test("lets the owner of an address take over a stranger's registration with a reset", async () => {
    const { client, letter } = await openWithMail()
    await client.register(email, 'the stranger’s')
    await letter(0)
    await post(client, 'reset/send', { email })
    const { token, tokenId } = await letter(1)
    await post(client, 'reset', { token, tokenId, password })
    expect((await client.tryPassword()).status).toBe(200)
    expect((await client.tryPassword(email, 'the stranger’s')).status).toBe(401)
  })
})

describe('the pages behind mailed links', () => {
  const form = (client: Client, url: URL, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    client.send('POST', url.href.replace('https://keys.example.test', 'http://backend.test').replace(/\?.*$/, ''), {
      body: new URLSearchParams(fields).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    })
  const open = (client: Client, url: URL) => client.send('GET', url.href.replace('https://keys.example.test', 'http://backend.test'))

  test('do nothing when opened, as mail scanners open them, and act on a click', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    const { url, token, tokenId } = await letter(0)
    const page = await open(client, url)
    expect(page.status).toBe(200)
    expect(page.text).toContain('<button>Confirm</button>')
    expect(page.text).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await client.tryPassword()).status).toBe(401)
    expect((await form(client, url, { token, tokenId })).text).toContain('is confirmed')
    expect((await client.tryPassword()).status).toBe(200)
    expect(await form(client, url, { token, tokenId })).toMatchObject({ status: 400, text: expect.stringContaining('role="alert"') })
  })

  test('let the user choose a new password, and choose again if it is too short', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    await letter(0)
    await post(client, 'reset/send', { email })
    const { url, token, tokenId } = await letter(1)
    expect((await open(client, url)).text).toContain('<label for="password">')
    const short = await form(client, url, { token, tokenId, password: 'x' })
    expect(short).toMatchObject({ status: 400, text: expect.stringContaining('too short') })
    expect((await form(client, url, { token, tokenId, password: 'a new password' })).status).toBe(200)
    expect((await client.tryPassword(email, 'a new password')).status).toBe(200)
  })

  // Regression: the form was shown again without the choice, and the second attempt disabled keys that services depend on.
  test('keep the choice that API keys keep working when the password is refused, and never preselect it', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    await letter(0)
    await post(client, 'reset/send', { email })
    const { url, token, tokenId } = await letter(1)
    const checked = /<input type="checkbox" name="keepKeys"[^>]* checked>/
    expect((await open(client, url)).text).not.toMatch(checked)
    expect((await form(client, url, { token, tokenId, password: 'x' })).text).not.toMatch(checked)
    const kept = await form(client, url, { token, tokenId, password: 'x', keepKeys: 'on' })
    expect(kept.text).toMatch(checked)
    expect(kept.text).toMatch(/aria-describedby="problem rule" aria-invalid="true"/)
  })

  test.each([
    ['de-AT,en;q=0.5', 'de', 'Ihre E-Mail-Adresse bestätigen'],
    ['fr, de;q=0.4, en;q=0.7', 'en', 'Confirm your e-mail address'],
    ['ja', 'en', 'Confirm your e-mail address'],
    ['*;q=x,,;', 'en', 'Confirm your e-mail address'],
  ])('are in the language that the browser prefers: %s', async (asked, language, title) => {
    const { client } = await openWithMail()
    const page = await client.send('GET', 'http://backend.test/app/app-1/confirm?token=x&tokenId=x', {
      headers: { 'Accept-Language': asked },
    })
    expect(page.text).toContain(`<html lang="${language}">`)
    expect(page.text).toContain(`<h1>${title}</h1>`)
    expect(page.headers.get('vary')).toBe('Accept-Language')
  })

  test('answer a refused form in the language in which it was shown', async () => {
    const { client, letter } = await openWithMail()
    await client.register()
    const { url, token } = await letter(0)
    const refused = await form(client, url, { token, tokenId: 'x' }, { 'Accept-Language': 'de' })
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('Dieser Link wurde schon benutzt') })
  })

  test('show the content of a link as text, never as markup', async () => {
    const { client } = await openWithMail()
    const page = await client.send('GET', `http://backend.test/app/app-1/reset?token=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(page.text).not.toContain('<script')
    expect(page.text).toContain('&lt;script&gt;')
  })

  test('do not exist without mail, nor for another app', async () => {
    expectRefusal(await (await openTestBackend()).send('GET', 'http://backend.test/app/app-1/confirm'), 404, 'NotFound')
    const { client } = await openWithMail()
    expectRefusal(await client.send('GET', 'http://backend.test/app/app-2/confirm'), 404, 'AppNotFound')
  })
})

function headersOf(answered: Answered): Record<string, string> {
  const headers: Record<string, string> = {}
  answered.headers.forEach((value, name) => (headers[name] = value))
  return headers
}
