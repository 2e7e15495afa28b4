import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { crossed, recordCrossing } from '../support/app/crossing.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import { filesBelow } from '../../files.ts'
import { keyringItems } from '../support/keyring/keyring.ts'
import type { Served } from '../support/server/served-backend.ts'
import { serve } from '../support/server/served-backend.ts'
import { addAccount, register } from '../support/server/server-account.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/**
 * A team's server, an account on it with keys, and signing in with one of them, whose value goes from the keychain to the server inside
 * main.
 */
describe('signing in with a stored key', () => {
  let desktop: Desktop
  let server: Served
  let value = ''
  const data = sharedFolder('latchkey-stored-')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const radio = (name: string | RegExp) => desktop.page.getByRole('radio', { name })
  const field = (name: string) => desktop.page.getByRole('textbox', { name })

  beforeAll(async () => {
    server = await serve(data)
    desktop = await startDesktop(newProfile())
    await register(desktop, server.url, { email: 'ada@example.com', password: 'correct horse' })
    for (const name of ['ci-deploy', 'reader', 'billing', 'staging', 'old-laptop']) await createKey(desktop.page, name)
    await desktop.page.getByRole('option', { name: /old-laptop/ }).click()
    await button('Disable').click()
    await button('Enable').waitFor()
    value = await valueOf('ci-deploy')
    await recordCrossing(desktop)
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await server.stop()
  })

  it('offers the stored keys, those of the typed server and app first', async () => {
    await addAccount(desktop.page)
    await button('Connect to a server').click()
    await radio('API key').click()
    await desktop.page.getByText('Stored on this computer').waitFor()
    await field('Server URL').fill(server.url)
    await field('App ID').fill('team')
    await desktop.page.getByText('Of this server and app').waitFor()
    expect(await desktop.page.locator('fieldset label strong').allInnerTexts()).toEqual([
      'billing',
      'ci-deploy',
      'reader',
      'staging',
      'old-laptop',
    ])
    expect(await radio(/old-laptop/).isDisabled()).toBe(true)
    await expectAccessible(desktop.page)
  })

  it('can be searched by keyboard, and Enter in the search submits nothing', async () => {
    await field('Search stored keys').focus()
    await desktop.page.keyboard.type('no such key')
    await desktop.page.getByText('No stored key matches').waitFor()
    await expectAccessible(desktop.page)
    await desktop.page.keyboard.press('Escape')
    await desktop.page.keyboard.type('ci-d')
    await desktop.page.keyboard.press('Enter')
    expect(await radio(/ci-deploy/).isChecked()).toBe(true)
    expect(await radio(/ci-deploy/).evaluate((element) => element === document.activeElement)).toBe(true)
    await button('Sign in with ci-deploy').waitFor()
  })

  it('offers no key for another app, whose server must not get its value', async () => {
    await field('App ID').fill('another')
    await desktop.page
      .getByText('Stored on this computer')
      .or(desktop.page.locator('fieldset label strong'))
      .first()
      .waitFor({ state: 'detached' })
    await desktop.page.getByLabel('API key', { exact: true }).last().waitFor()
    await field('App ID').fill('team')
    await radio(/ci-deploy/).check()
  })

  // Regression: a compromised page made main send the value to any server that it named.
  it('refuses a page that names another server, without contacting that server', async () => {
    let asked = 0
    const other = createServer((socket) => void ((asked += 1), socket.destroy()))
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    const { port } = other.address() as AddressInfo
    const answer = await desktop.page.evaluate(
      async (url) => {
        const list = await window.latchkey.calls['keys.list'](null)
        if (!list.ok) return list
        const { accountId, keys } = list.value
        const credentials = { method: 'stored-key', accountId: accountId ?? '', keyId: keys[0]?.id ?? '' } as const
        return window.latchkey.calls['accounts.signIn']({ server: { url, appId: 'team' }, credentials })
      },
      `http://127.0.0.1:${String(port)}`,
    )
    other.close()
    expect([answer, asked]).toEqual([{ ok: false, code: 'value-other-server' }, 0])
  })

  it("opens the key's account", async () => {
    await radio(/ci-deploy/).focus()
    await desktop.page.keyboard.press('Enter')
    await desktop.page.getByRole('region', { name: 'A key cannot manage keys' }).waitFor()
    const state = await desktop.page.evaluate(() => window.latchkey.calls['app.state'](null))
    const accounts = state.ok ? state.value.accounts : []
    expect(accounts.map(({ method, signedIn }) => [method, signedIn])).toEqual([
      ['email', true],
      ['api-key', true],
    ])
    expect(new Set(accounts.map(({ userId }) => userId)).size).toBe(1)
    expect(state.ok && state.value.current).toBe(accounts[1]?.id)
  })

  it("is recorded as the key's last use", async () => {
    await button(/^Account:/).click()
    await desktop.page.getByRole('menuitemradio', { name: /ada@example\.com/ }).click()
    await desktop.page.getByRole('option', { name: /ci-deploy/ }).click()
    await desktop.page.getByRole('region', { name: 'Last used here' }).getByText('Signed in with').first().waitFor()
  })

  it('never brings the value into the window, nor into a file of the profile', async () => {
    const record = await crossed(desktop)
    expect(record).toContain('"method":"stored-key"')
    expect(record).toContain('"name":"ci-deploy"')
    expect(value.length).toBeGreaterThan(40)
    for (const form of [value, Buffer.from(value).toString('base64'), encodeURIComponent(value)]) {
      expect(record).not.toContain(form)
      expect(await desktop.page.content()).not.toContain(form)
      const holding = filesBelow(desktop.profile).filter((file) => readFileSync(file, 'latin1').includes(form))
      expect(holding).toEqual([])
    }
    expect(desktop.output()).not.toContain(value)
  })

  it('the check works: a value that is revealed on purpose is in the record', async () => {
    await button('Reveal value').click()
    await button('Hide value').click()
    expect(await crossed(desktop)).toContain(value)
  })

  /** The value of a key of the current account, as the keyring has it. */
  async function valueOf(name: string): Promise<string> {
    const list = await desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))
    if (!list.ok) throw new Error(list.code)
    const key = list.value.keys.find((one) => one.name === name)
    return keyringItems(desktop.profile, [`value/${list.value.accountId}/${key?.id}`])[0] ?? ''
  }
})
