import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import { fromMenu } from '../support/pages/main-window.ts'
import type { Served } from '../support/server/served-backend.ts'
import { serve } from '../support/server/served-backend.ts'
import { confirmServer } from '../support/server/server-account.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** A team's server in a process of its own, and the app connected to it. */
describe('an account on a server', () => {
  let desktop: Desktop
  let server: Served
  const data = sharedFolder('latchkey-served-')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const field = (name: string) => desktop.page.getByRole('textbox', { name })

  beforeAll(async () => {
    server = await serve(data)
    desktop = await startDesktop(newProfile())
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await server.stop()
  })

  it('refuses addresses that would send a password unencrypted or are invalid, and says why', async () => {
    await button('Connect to a server').click()
    for (const [url, sentence] of [
      ['http://keys.example.com', /https/],
      ['keys.example.com', /https/],
    ] as const) {
      await field('Server URL').fill(url)
      await field('App ID').fill('team')
      await field('E-mail').fill('dev@example.com')
      await desktop.page.getByLabel('Password').fill('correct horse')
      const signIn = button('Sign in')
      if (await signIn.isEnabled()) await signIn.click()
      await expect.poll(() => desktop.page.locator('main').innerText()).toMatch(sentence)
    }
  })

  it('says that a server does not answer, and that it does not know an app', async () => {
    await field('Server URL').fill('http://127.0.0.1:9')
    await button('Sign in').click()
    expect(await confirmServer(desktop)).toContain('http://127.0.0.1:9')
    await desktop.page.getByRole('alert').waitFor()
    const unreachable = await desktop.page.getByRole('alert').innerText()
    await field('Server URL').fill(server.url)
    await field('App ID').fill('other')
    await button('Sign in').click()
    await confirmServer(desktop)
    await expect.poll(() => desktop.page.getByRole('alert').innerText()).not.toBe(unreachable)
    expect(unreachable).not.toContain('127.0.0.1')
  })

  it('is created by registering, and has keys', async () => {
    await field('App ID').fill('team')
    await desktop.page.getByRole('radio', { name: 'Register' }).click()
    await field('E-mail').fill('dev@example.com')
    await desktop.page.getByLabel('Password').fill('correct horse')
    await button(/^(Register|Create account)/).click()
    await confirmServer(desktop)
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    await createKey(desktop.page, 'from-the-app')
  })

  it('shows a key that was created elsewhere as one whose value is not here', async () => {
    await elsewhere(async (session) => {
      await session('/auth/api_keys', 'POST', { name: 'from-a-script' })
    })
    await button(/Sync now/).click()
    await desktop.page.getByRole('option', { name: /from-a-script/ }).click()
    await expect.poll(() => button('Copy value').count()).toBe(0)
  })

  it('allows logins with a key while it is enabled, and not while it is disabled', async () => {
    await desktop.page.getByRole('option', { name: /from-the-app/ }).click()
    await button('Copy value').click()
    await desktop.page.getByText(/Clipboard is cleared in/).waitFor()
    const value = await desktop.app.evaluate(({ clipboard }) => clipboard.readText())
    expect(await logIn(value)).toBe(200)
    await button('Disable').click()
    await button('Enable').waitFor()
    expect(await logIn(value)).toBe(401)
    await button('Enable').click()
    await button('Disable').waitFor()
    expect(await logIn(value)).toBe(200)
  })

  it('lists, reveals and copies without the server, and says that it cannot be reached', async () => {
    await server.stop()
    await button(/Sync now/).click()
    await expect.poll(() => desktop.page.locator('body').innerText()).toContain('The server cannot be reached')
    await desktop.page.getByRole('option', { name: /from-the-app/ }).click()
    await button('Reveal value').click()
    await button('Hide value').click()
  })

  it('is up to date at once when the server is back', async () => {
    server = await serve(data, { port: Number(new URL(server.url).port) })
    await button(/Sync now/)
      .first()
      .click()
    await expect.poll(() => desktop.page.locator('body').innerText()).toMatch(/Synced just now/)
  })

  it('signs out: the session ends on the server, the values stay in the keychain', async () => {
    await fromMenu(desktop.page, 'Sign out…')
    await button('Sign out').click()
    await expect.poll(() => desktop.page.locator('body').innerText()).toMatch(/Signed out/)
    const state = await desktop.page.evaluate(() => window.latchkey.calls['app.state'](null))
    await expectAccessible(desktop.page)
    expect(state.ok && state.value.accounts.map(({ signedIn }) => signedIn)).toEqual([false])
  })

  async function logIn(key: string): Promise<number> {
    const path = '/api/client/v2.0/app/team/auth/providers/api-key/login'
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ provider: 'api-key', key })
    return (await fetch(server.url + path, { method: 'POST', headers, body })).status
  }

  /** The same user, by plain HTTP. */
  async function elsewhere(act: (ask: (path: string, method: string, body: object) => Promise<void>) => Promise<void>): Promise<void> {
    const client = `${server.url}/api/client/v2.0`
    const headers = { 'content-type': 'application/json' }
    const credentials = { provider: 'local-userpass', username: 'dev@example.com', password: 'correct horse' }
    const login = `${client}/app/team/auth/providers/local-userpass/login`
    const answered = await fetch(login, { method: 'POST', headers, body: JSON.stringify(credentials) })
    const { refresh_token } = (await answered.json()) as { refresh_token: string }
    await act(async (path, method, body) => {
      const authorised = { ...headers, authorization: `Bearer ${refresh_token}` }
      const { ok } = await fetch(client + path, { method, headers: authorised, body: JSON.stringify(body) })
      expect(ok).toBe(true)
    })
  }
})
