import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import type { Served } from '../support/server/served-backend.ts'
import { serve } from '../support/server/served-backend.ts'
import { addAccount, confirmServer } from '../support/server/server-account.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** Sessions that the service does not allow to have keys: the window says why, and what to do. */
describe('a session that cannot have keys', () => {
  let desktop: Desktop
  let server: Served
  let value = ''
  const data = sharedFolder('latchkey-limited-')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const field = (name: string) => desktop.page.getByRole('textbox', { name })

  beforeAll(async () => {
    server = await serve(data)
    desktop = await startDesktop(newProfile())
    await button('Connect to a server').click()
    await fillServer()
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await server.stop()
  })

  it('shows why if it is anonymous, and can have keys after registration, as the same user', async () => {
    await desktop.page.getByRole('radio', { name: 'Anonymous' }).click()
    await button('Continue without an account').click()
    await confirmServer(desktop)
    await button('Register this account').waitFor()
    expect(await desktop.page.locator('section').first().innerText()).toMatch(/anonymous/i)
    await expectAccessible(desktop.page)
    const before = await userId()
    expect(await create()).toEqual({
      ok: false,
      code: 'not-allowed-anonymous',
    })

    await field('E-mail').fill('once@anonymous.example')
    await desktop.page.getByLabel('Password').fill('correct horse')
    await button('Register this account').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    expect(await userId()).toBe(before)
    await createKey(desktop.page, 'mine-now')
  })

  it('shows why if it was opened with a key', async () => {
    await button('Copy value').click()
    await desktop.page.getByText(/Clipboard is cleared in/).waitFor()
    value = await desktop.app.evaluate(({ clipboard }) => clipboard.readText())
    await signInWith(value)
    await desktop.page.getByRole('region', { name: 'A key cannot manage keys' }).waitFor()
    expect(await create()).toEqual({
      ok: false,
      code: 'not-allowed-key-session',
    })
  })

  it('does not start if its key was deleted: the account cannot be opened again', async () => {
    await button(/^Account:/).click()
    await desktop.page.getByRole('menuitemradio', { name: /once@anonymous\.example/ }).click()
    await desktop.page.getByRole('option', { name: /mine-now/ }).click()
    await button('Delete…').click()
    await desktop.page.getByRole('alertdialog').getByRole('textbox').fill('mine-now')
    await button('Delete key').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    await signInWith(value)
    await desktop.page.getByRole('alert').waitFor()
    expect(await desktop.page.getByRole('alert').innerText()).not.toContain(value)
  })

  async function fillServer(): Promise<void> {
    await field('Server URL').fill(server.url)
    await field('App ID').fill(server.appId)
  }

  async function signInWith(key: string): Promise<void> {
    await addAccount(desktop.page)
    await button('Connect to a server').click()
    await fillServer()
    await desktop.page.getByRole('radio', { name: 'API key' }).click()
    const paste = button('Paste another key') // if keys are stored, these are offered first
    await paste
      .or(desktop.page.getByLabel('API key', { exact: true }).last())
      .first()
      .waitFor()
    if (await paste.isVisible()) await paste.click()
    await desktop.page.getByLabel('API key', { exact: true }).last().fill(key)
    await button('Sign in').click()
  }

  /** By the window's own call, in the current account. */
  function create(): Promise<unknown> {
    return desktop.page.evaluate(async () => {
      const state = await window.latchkey.calls['app.state'](null)
      const accountId = state.ok ? (state.value.current ?? '') : ''
      return window.latchkey.calls['keys.create']({ accountId, name: 'no' })
    })
  }

  async function userId(): Promise<string | undefined> {
    const state = await desktop.page.evaluate(() => window.latchkey.calls['app.state'](null))
    return state.ok ? state.value.accounts.find(({ id }) => id === state.value.current)?.userId : undefined
  }
})
